# The pages that messages lead to, and what staff see of messages. Behind a link nothing names a clinic or a topic.

# --- The appointment behind its link ---

manage-coming-title = Are you coming?
manage-coming = Yes, I am coming
manage-coming-thanks = You told us that you are coming. Thank you.
manage-change-title = Do you need another time?
manage-change-text = You can pick another free time. You keep this one until you have picked.
manage-change = Pick another time
manage-cancel-title = Can't you come?
manage-why = Why? You do not have to say.
manage-why-time = The time is no good for me
manage-why-not-needed = I do not need it any more
manage-why-elsewhere = Somebody else is helping me
manage-why-other = Something else
manage-bring = What to bring
manage-bring-1 = Letters or papers to do with it, if you have any.
manage-bring-2 = Your glasses, hearing aid or anything else that helps you.
manage-bring-3 = Your reference. It is on this page.
manage-call-title = Would you like us to call you?
manage-call-text = We ring the number you gave us, at the times you said are safe.
manage-call = Ask for a call
manage-call-coming = We will call you on the number you gave us, at the times you said are safe.
manage-missed = We are sorry we did not see you.
manage-missed-text = Things come up, and that is fine. You can book another time, or ring us and we will find one with you.

move-yours-title = Pick another time
move-yours-now = Your time now
move-keep = Keep the time I have
move-choose = Free times
move-yours-none = There is no other free time in the next weeks. You still have your time. Please ring us, and we will help.
move-save = Change to this time

history-gave-reason = said why
history-asked-for-call = asked us to call
history-detail-time = the time is no good
history-detail-not-needed = it is not needed any more
history-detail-elsewhere = somebody else helps
history-detail-other = something else
history-detail-turned-down = that we cannot help
history-detail-reminder = that it is soon
history-detail-link = the link they asked for

# --- How was it? ---

feedback-title = How was your appointment?
feedback-lead = We do not ask who you are. We keep your answer apart from your name, your appointment and the day.
feedback-rating = How was it?
feedback-rating-very-good = Very good
feedback-rating-good = Good
feedback-rating-neither = Neither good nor bad
feedback-rating-bad = Bad
feedback-rating-very-bad = Very bad
feedback-words = Do you want to say more?
feedback-words-hint = You do not have to. Please do not write names, or anything that says who you are.
feedback-send = Send
feedback-thanks-title = Thank you
feedback-thanks = Your answer helps us do better. You can close this page now.
wrong-rating-required = Pick how it was
wrong-words-too-long = Write { $most } letters or fewer

# --- A lost link ---

find-title = Find your appointment
find-lead = If you have lost the link, we can send it again.
find-reference = Your reference
find-reference-hint = It has seven letters and numbers, like K7PX-4MR.
find-contact = Your email address or phone number
find-contact-hint = Write the one that you gave us when you booked.
find-send = Send me the link
find-sent-title = Please look at your email
find-sent = If your reference and your email address or phone number belong together, we have sent you the link. It goes only to the email address you gave us, once an hour at most.
find-sent-not-safe = If you told us not to email you, we will ring you at a time you said is safe.
find-sent-nothing = Nothing there in ten minutes? Look in your junk mail. Then ring us.
find-again = Try again
find-ring-title = Or ring us
find-ring = Say your reference if you have it. If not, say your name and the day of your appointment.
wrong-reference-required = Write your reference
wrong-contact-required = Write your email address or phone number
wrong-contact-invalid = Write an email address like name@example.com, or a phone number like 020 7946 0000

# --- Calls that take the place of a message ---

call-reminder = Remind them of their appointment
call-link = They have lost their link: help them
