# What stands round every page, the home page, a clinic's page, and problems.
# Plain English, reading age 9 to 11. A line that starts with # is a note.

title-with-errors = Error: { $title }
skip-to-content = Skip to the main part of this page
back = Back
continue = Continue
change = Change
yes = Yes
not-sure = Not sure
or = or

exit = Exit this page
exit-quick = Leave quickly
exit-title = If somebody might see your screen
exit-text = This page has an "Exit this page" button at the top. It takes you to a weather page at once.
exit-history = It does not clear your history. Somebody who looks at this phone or computer later may still see that you were here.

ring-title = Ring us
ring-text = We can do all of this with you by phone.
ring-hours = We answer { $hours }.
ring-none = This site has no phone number yet. If somebody is in danger, ring 999.

now-title = Need help now?
now-999 = if somebody is in danger
now-111 = if you need a doctor or nurse soon. Press 2 if your mind is in crisis.
now-samaritans = Samaritans, to talk to somebody at any time of day or night

clear-why = Is this not your own phone or computer? Clear your answers when you stop.
clear = Clear my answers

foot-links = About this site
foot-find = I have an appointment
foot-accessibility = Accessibility
foot-privacy = Privacy
foot-language = This site is in English. You can ask for somebody to help you talk or sign.

home-title = What do you need help with?
home-lead = Free or low-cost help in your area. Students see you, and a trained expert checks their work.
home-empty = No clinic is open at the moment. Please ring us and we will tell you who else can help.
home-unsure = I'm not sure
home-unsure-text = See some everyday examples and pick the one that is most like yours.
home-already = Already have an appointment?
home-already-text = Use the link in your email to see it or cancel it.
home-already-link = I can't find my link
home-ring = Rather talk to somebody? Ring
next-free = Next free day: { $day }

choose-title = Which of these is most like yours?
choose-lead = Pick one. It takes you to the clinic that helps with it. You can come back and pick again.
choose-none = None of these?

clinic-start = Start
clinic-start-note = A few short questions, then you pick a time. Most people need about 5 minutes.
clinic-price = What it costs
clinic-who-for = Who it is for
clinic-who = Who you will see
clinic-days = When we are open
clinic-what = What you get
clinic-services = Kinds of appointment
clinic-cannot = What we can't help with
clinic-cannot-text = We can't do these, but here is who can.
clinic-where = Where to come
clinic-bring = What to bring

length-minutes =
    { $count ->
        [one] 1 minute
       *[other] { $count } minutes
    }
length-and-price = { $length } · { $price }

mode-any = Any way
mode-in-person = In person
mode-phone = By phone
mode-video = By video
part-morning = Morning
part-afternoon = Afternoon
part-evening = Evening

state-held = Being booked
state-requested = Asked for
state-confirmed = Booked
state-arrived = You are here
state-attended = You came
state-missed = Missed
state-cancelled = Cancelled
state-expired = No longer kept
state-in-review = Being looked at

error-title = There is a problem

problem-home = Go to the first page
problem-next = Go on from here
problem-ring = Rather talk to somebody?
problem-request = If you ring us, this number helps us find what went wrong: { $id }
problem-other-title = Sorry, something went wrong
problem-other-text = This is our fault, not yours. Please try again in a few minutes.
problem-not-found-title = We can't find that page
problem-not-found-text = The address may have a mistake in it, or the page may have moved.
problem-link-expired-title = This link does not work any more
problem-link-expired-text = It may be old, or part of it may be missing. Try the link in your newest email, or ring us.
problem-rate-limited-title = Please wait a moment
problem-rate-limited-text = We had a lot of tries from the same place. Wait a few minutes, then try again. If it cannot wait, ring us.
problem-too-large-title = That is too long for us to take
problem-too-large-text = Please go back and write a little less.
problem-unavailable-title = We can't do that just now
problem-unavailable-text = Something we need is not answering. Please try again in a few minutes, or ring us.
problem-internal-title = Sorry, something went wrong
problem-internal-text = This is our fault, not yours. Please try again in a few minutes.
problem-forbidden-title = You can't see this page
problem-forbidden-text = Your account does not have it. If you need it, ask the person who runs your clinic.
problem-unauthorised-title = Please sign in
problem-unauthorised-text = You need to sign in to see this page.
problem-method-not-allowed-title = That did not work
problem-method-not-allowed-text = Please go back and use the buttons on the page.
problem-unsupported-media-type-title = That did not work
problem-unsupported-media-type-text = Please go back and use the form on the page.
problem-cross-origin-title = That did not work
problem-cross-origin-text = It looks as if it was sent from another site. Please go to our own page and try again.
problem-invalid-title = We could not read that
problem-invalid-text = Please go back, look at what you typed and try again.
problem-slot-taken-title = That time is not free any more
problem-slot-taken-text = Please pick another time. What you typed is still here.
problem-too-soon-title = That time is too soon
problem-too-soon-text = We need a little longer to get ready. Please pick a later time.
problem-too-far-title = That time is too far ahead
problem-too-far-text = Please pick an earlier time from the list.
problem-too-late-title = That time is too late to help
problem-too-late-text = Please pick an earlier time from the list, or ring us.
problem-outside-hours-title = The clinic does not meet at that time
problem-outside-hours-text = Please pick a time from the list.
problem-mode-not-offered-title = The clinic does not meet in that way
problem-mode-not-offered-text = Please go back and pick another way to meet.
problem-hold-expired-title = We are no longer keeping that time
problem-hold-expired-text = It may still be free. Please pick a time again. What you typed is still here.
problem-not-possible-title = This can't be done now
problem-not-possible-text = It may be too early or too late for it, or somebody has changed something. Go on and look how it stands now.
problem-malformed-title = We could not read that
problem-malformed-text = Please go back and use the buttons on the page.
problem-idempotency-mismatch-title = That was sent before in another form
problem-idempotency-mismatch-text = Please go back, load the page again and send it once.
problem-idempotency-key-missing-title = That did not work
problem-idempotency-key-missing-text = Please go back and use the buttons on the page.
problem-closed-title = This clinic is closed
problem-closed-text = It is not taking appointments now. Please ring us and we will tell you who else can help.
problem-not-bookable-title = That time can't be booked
problem-not-bookable-text = Please pick another time from the list.
problem-triage-expired-title = Your answers have run out
problem-triage-expired-text = We keep answers for a short time only, to keep them safe. Please answer the questions again.
problem-question-missing-title = There is a question left
problem-question-missing-text = We need one more answer before you can go on.
problem-answers-gone-title = Your answers are no longer here
problem-answers-gone-text = They were cleared, or they were too old to keep. Nothing was sent. You can start again.
problem-hold-ended-title = We are no longer keeping that time
problem-hold-ended-text = It may still be free. Please pick a time again. What you typed is still here.
problem-already-cancelled-title = This appointment is already cancelled
problem-already-cancelled-text = You do not have to do anything more.
problem-cannot-cancel-title = This appointment can't be cancelled here
problem-cannot-cancel-text = It may be over, or it may have started. Please ring us.
problem-timeout-title = That took too long
problem-timeout-text = Please try again. If it happens again, ring us.

staff-nav = Staff pages
staff-today = Today
staff-calendar = Calendar
staff-requests = Requests
staff-sign-out = Sign out
staff-sample = Sample data. Names, prices, days and rules need the university's word before real use.
