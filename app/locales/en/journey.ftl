# The journey: questions, where they lead, times, details, check, done, and managing it later.

question-progress = Question { $step } of about { $of }
question-why = Why we ask:
question-so-far = Your answers so far
question-limit = You can write up to { $count } letters.
tick-all = Tick all that are true.
one-a-line = Write one on each line.
date-day = Day
date-month = Month
date-year = Year
date-hint = Write it in numbers, like 27 3 2027.

stop-title = Please get help now
stop-do-title = What to do now
stop-say-title = What to say
stop-say = Say what is happening and where you are. You can say: "I need help now." They will ask the rest.
stop-alone = If you can, ask somebody to stay with you.
stop-night-title = At night and at weekends
stop-night = 999, 111 and 116 123 answer day and night, every day.
outcome-also = This matters too
stop-also-ask = A person looks at this only if you ask for a call. You can do that below.
stop-mistake = Did you press the wrong answer?
stop-mistake-back = Go back and change it
no-one-at-night = No one reads this form at night or at weekends.
call-back-title = Ask a person to call me
call-back-text = After you have rung for help, we can call you as well. This is the only thing we keep from this page.
call-back-when = If you ask when we are closed, a person sees it when we open again.
call-back-consent = Yes, keep my name and number so that a person can call me
call-back-send = Ask for a call
call-back-asked = We will call you
call-back-reference = If you ring us about it, say this: { $reference }

out-title = We can't help with this, but others can
out-lead = These people know about it. It costs nothing to ask them.
out-wrong-title = Did we get it wrong?
out-wrong = Go back and change an answer, or ring us and tell us about it.
out-also-ask = A person looks at this only if you ask. You can do that below.
out-also-ring = We have not looked at this. If you want us to, ring us and tell us about it.
out-home = Get help with something else

out-ask-title = Do you want a person to look at it?
out-ask-text = One of our experts can read your answers. They tell you what we can do, or who can help you.
out-ask = Ask a person to look at it

request-title = A person needs to read this first
request-lead = You can't pick a time just yet. Send us your answers, and we will reply to you.
request-within = We will reply { $within }.
request-next-title = What happens next
request-next-1 = You tell us your name and how to reach you.
request-next-2 = One of our experts reads your answers.
request-next-3 = We get in touch to offer you a time, or to tell you who can help you better.

times-title = Pick a time
times-zone = All times are UK time.
times-service = { $name } ({ $length })
times-which-service = What kind of appointment?
times-which-mode = How would you like to meet?
times-update = Show these times
times-choose = Times you can pick
times-all-can-be = All of these can be:
times-most-can-be = If a time does not say how, it can be:
times-how = How do you want to meet?
times-places = Places left: { $n }
times-none = No time is free that fits. Try another way to meet, or ring us: we may have a place that is not shown here.
times-first = Earliest times
times-more = More days
times-loading = Looking for more days…
times-failed = That did not work. Try again
times-shown = Times shown: { $n }
times-calendar = Days with a free time
times-wait = None of these suits you?
times-wait-text = Tell us which times would do. When one comes free, we offer it to you first and keep it while you think.
times-wait-link = Tell me when a time comes free
times-rather = Can't find a time that works?
times-ring = Please ring us
times-unavailable-title = We can't see the times just now
times-unavailable = The calendar is not answering. There may well be free times. Please try again in a few minutes, or ring us and we will book one with you.
times-taken-title = That time is not free any more
times-taken = We are sorry. We could not keep { $time } for you. Somebody may have been quicker, or you have another appointment then.
times-not-offered-title = That time can't be booked
times-not-offered = { $time } is not one of the times we can offer you.
times-given-back = Some of your answers have changed since you picked a time. So we gave that time back. Please pick one again.
times-asked-in-person = You said that you would like to meet face to face.
times-asked-phone = You said that you would like to talk by phone.
times-asked-video = You said that you would like to meet by video.
# The ways that are left, put into the sentence below.
times-way-in-person = in person
times-way-phone = by phone
times-way-video = by video
times-way-or = {" "}or{" "}
times-other-ways = For this, the clinic meets { $ways } only. These are the times for that. If it does not work for you, please ring us.
times-taken-kept = All that you typed is still here. These are the nearest other times.
# Short names, with a space between them. The first day is Monday.
weekdays-short = Mon Tue Wed Thu Fri Sat Sun
months-short = Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec

hold-title = The time we are keeping for you
hold-until = We are keeping { $date }, { $time }, for you until { $until }.
hold-was = You chose { $date }, { $time }.
hold-minutes =
    { $count ->
        [one] 1 minute left
       *[other] { $count } minutes left
    }
hold-seconds =
    { $count ->
        [one] 1 second left
       *[other] { $count } seconds left
    }
hold-soon = About 2 minutes left. Type or touch the page and we will keep the time for longer.
hold-ended = We are no longer keeping this time. Carry on: we will look if it is still free.

details-title = Your details
name-label = Your name
name-hint = The name you want us to use.
organisation-label = Name of your business or group
organisation-hint = Leave this empty if it has no name yet.
contact-legend = How can we contact you?
contact-hint = One is enough. You can tick both.
contact-email = By email
contact-phone = By phone
group-email = Email
group-email-hint = Leave this part empty if you did not tick email.
email-label = Your email address
safe-email-legend = Is it safe to email you?
safe-email-hint = Think about who else could see it. If it is not safe, we will never email you.
safe-email-yes = Yes, it is safe
safe-email-no = No, it is not safe
group-email-hint-forced = Leave the address empty if you did not tick email. Say if it is safe in any case.
group-phone = Phone
group-phone-hint = Leave this part empty if you did not tick phone.
group-phone-hint-forced = Leave the number empty if you did not tick phone. Say if it is safe in any case.
phone-label = Your phone number
safe-call-legend = Is it safe to call you?
safe-call-hint = Think about who else could answer, or hear you. If it is not safe, we will never call you.
safe-call-yes = Yes, it is safe
safe-call-no = No, it is not safe
call-window-label = When is a good time to call?
call-window-hint = Like "after 5pm" or "not on Fridays". You can leave this empty.
leave-message-label = Can we leave a message?
leave-message-no = No, do not leave a message
safe-forced-title = We want to keep you safe
safe-forced = Please tell us if it is safe to email you and if it is safe to call you. We only use a way that you say is safe.
safe-forced-none = If no way is safe, say so. We will not contact you: keep your reference, and ring us when you can.
group-area = Your area
postcode-label = First part of your postcode
postcode-hint = Like N7 or E1W. We do not need the rest.
no-fixed-home = I have no fixed home

check-title = Check your answers
check-then-booked = When you press the button, the appointment is yours.
check-then-held = When you press the button, we keep this time for you. We check a few things first, then we tell you if it is yours.
check-then-request = When you press the button, we get your answers. An expert reads them, and we reply to you.
check-then-list = When you press the button, you are on the waiting list. We tell you when a time comes free.
check-join = Put me on the waiting list
check-book = Book this appointment
check-ask = Ask for this appointment
check-send = Send my request

done-confirmed = Your appointment is booked
done-requested = We are keeping this time for you
done-in-review = We have your request
done-on-list = You are on the waiting list
done-see-place = See your place on the list
done-email-list = We are sending you an email. It has a link to see your place or leave the list.
done-list-look = We look for a time for you every day. People with the nearest deadline come first, then those who need it most, then those who wait longest.
done-list-keep = When a time comes free, we keep it for you for a day, or for two hours if it is the same day.
done-reference = Your reference
done-reference-keep = Write it down or take a picture. Say it if you ring us.
done-calendar = Add to my calendar
done-manage = See or cancel it
done-print = Print this page
done-next = What happens next
done-email = We are sending you an email. It has a link to see or cancel your appointment.
done-call = We will call you. We will not email you. Keep your reference, and ring us if you want to change something.
done-no-email = We will not email you or call you. Keep your reference, and ring us to hear from us.
done-you-ring-title = We will not contact you
done-you-ring = You told us that it is not safe. Keep your reference, and ring us when it is safe for you. Say the reference when you ring.
happens-in-person = Come at the time above. Ask at the front desk for "Met Lab".
happens-phone = We will ring you at the time above, on the number you gave us. You do not have to come to us.
happens-phone-no-number = This is a phone call, but we have no number that is safe to ring. Please ring us before the day and say which number to use.
happens-video = You meet by video, so you do not have to come to us. The clinic will tell you how to join.
done-we-check = We check that we are free to help you. This is the same for everybody.
done-we-read = One of our experts reads your answers.
done-reply = We get in touch with you.
done-reply-by = We reply by { $date }.
done-aim-by = We aim to tell you by { $date }.
done-cancelled = Your appointment is cancelled
done-over = Your appointment is over
done-over-text = The time of this appointment has passed. Do you need us again? You can ask for another time.
done-expired = We are no longer keeping this time
done-expired-text = Nothing is booked. You can pick another time.
done-cannot-come = If you can't make it
done-ring-for-reply = Ring us in three working days to hear our answer.
done-ring-for-reply-by = Ring us on { $date } or later to hear our answer.
done-cannot-come-text = Tell us, please. Somebody else can use the time.

manage-title = Your appointment
manage-hello = Hello { $name }.
manage-cancel = I can't come: cancel it
manage-cancel-text = If you cancel, somebody else can have this time. You can't get it back after that.
manage-cancel-yes = Yes, cancel my appointment
manage-cancel-no = If you press nothing, your appointment stays as it is.
manage-cancelled-now = Your appointment is cancelled
manage-cancelled-thanks = Thank you for telling us. Somebody else can use the time now.
manage-cancelled-by-clinic = We are sorry. We had to cancel it. There is no appointment at this time any more. You can ring us, or book another time.
manage-book-again = Book another appointment
manage-ring = Need to change something else?

