# What staff read at their desk. Plain English, short, no jargon. A line that starts with # is a note.

staff-uk-time = All times are UK time.
staff-count = { $count }
staff-none = None
staff-and = { $first }, { $second }

# Signing in
staff-sign-in-title = Sign in
staff-sign-in-lead = For people who work in the clinics.
staff-email = Email address
staff-password = Password
staff-sign-in = Sign in
staff-sign-in-wrong = This email address and password do not go together. Look for typing mistakes and try again.
staff-sign-in-help = No password yet, or forgotten it? Ask the person who runs this site for a new link.

# Setting a password
staff-set-password-title = Choose a password
staff-set-password-lead = This link works once. After that you sign in with your email address and this password.
staff-new-password = New password
staff-new-password-hint = Use 12 or more characters. Three or four words that only you would put together are easy to keep in mind.
staff-set-password = Save the password and sign in
staff-password-too-short = That is too short. Use 12 or more characters.
staff-password-too-long = That is too long. Use 128 characters or fewer.
staff-password-too-common = Too many people use that one. Please choose another.
staff-password-like-you = Leave out your name and your email address.

# Roles
staff-role-adviser = Adviser
staff-role-supervisor = Supervisor
staff-role-manager = Manager
staff-role-conflict-checker = Conflict checker
staff-role-administrator = Administrator
staff-menu = Menu
staff-role-more = { $first } and { $count ->
    [one] one more role
   *[other] { $count } more roles
}
staff-role-in = { $role }, { $clinic }

# Today
staff-now = It is { $time }.
staff-no-clinic = Your account is not part of a clinic yet. Ask the person who runs this site to add you to one.
staff-appointments = Appointments
staff-appointments-none = Nobody is booked for today.
staff-appointments-table = Appointments, by time
staff-calls = Calls to make
staff-calls-none = There are no calls to make.
staff-waiting =
    { $count ->
        [0] No case is waiting to be looked at.
        [one] 1 case is waiting to be looked at.
       *[other] { $count } cases are waiting to be looked at.
    }

staff-col-time = Time
staff-col-client = Who
staff-col-service = What
staff-col-clinic = Clinic
staff-col-people = Adviser
staff-col-supervisor = Supervisor
staff-col-place = Where
staff-col-state = State
staff-col-notes = Needs
staff-from-to = { $start } to { $end }
staff-until = to { $end },
staff-hours-here = { $hours }, UK time
staff-being-booked = Being booked
staff-offered = Offered
staff-offered-until = Offered, until { $time }
staff-no-room = No room set
staff-no-adviser = No adviser
staff-no-supervisor = No supervisor
staff-interpreter = Interpreter
staff-stop-shown = Was told to ring for help first
staff-stop-shown-long = Before these answers, this person was shown a page that said to ring for help. Please ask if they are safe.

staff-access-step-free = No steps
staff-access-hearing = Help to hear
staff-access-sight = Help to see
staff-access-quiet = Quiet room
staff-access-bring-someone = Brings somebody
staff-access-video = Phone or video
staff-access-adviser-man = Asks for a man
staff-access-adviser-woman = Asks for a woman
staff-access-chaperone = Asks for one more person of ours in the room

staff-state-held = Being booked
staff-state-requested = To be cleared
staff-state-confirmed = Booked
staff-state-arrived = Here
staff-state-attended = Seen
staff-state-missed = Did not come
staff-state-cancelled = Cancelled
staff-state-expired = Not kept

# Calls
staff-call-urgent = Urgent
staff-call-is = The appointment is on { $time }.
staff-call-was = The appointment was to be on { $time }.
staff-call-appointment = See the appointment { $reference }
staff-call-done = I have told them
staff-call-done-about = I have told them: { $name }
staff-call-nobody = Nobody answered
staff-call-nobody-about = Nobody answered: { $name }
staff-call-tried = { $count ->
    [one] Somebody rang once, and nobody answered: { $time }.
   *[other] Somebody rang { $count } times, and nobody answered. The last time was { $time }.
  }
staff-call-when = When: { $window }.
staff-call-any-time = They did not say when.
staff-call-message-yes = You may leave a message.
staff-call-message-no = Do not leave a message.
staff-call-ask-for = Ask for { $name }. Do not say who you are until they answer.
call-call-back = Asked us to call
call-confirmation = Tell them that it is booked
call-cancellation = Tell them that it is cancelled
call-turned-down = Tell them that we cannot take it on
call-say = Say this, and nothing of why:
call-say-turned-down = We cannot take on everything that people ask us for, and we cannot say why in each case. If you chose a time with us, please do not come then.
call-say-others = Then say who else may be able to help:
call-change = Tell them the new time
call-request-received = Tell them that we have their request
call-not-told = Nobody could tell them: tell them when they ring us
staff-call-not-safe = Do not ring, and do not write: neither is safe or possible.
call-undeliverable = Our email did not reach them
staff-age-minutes =
    { $count ->
        [0] asked just now
        [one] asked 1 minute ago
       *[other] asked { $count } minutes ago
    }
staff-age-hours =
    { $count ->
        [one] asked 1 hour ago
       *[other] asked { $count } hours ago
    }
staff-age-days = asked { $count } days ago

# Calendar
staff-which-clinic = Clinic
staff-view = How to show it
staff-grid = Grid
staff-list = List
staff-day-today = today
staff-day-closed = Closed: { $why }
staff-day-empty = Nobody is booked.
staff-week-empty = Nobody is booked in this week.
staff-day-empty-own = You have no appointments on this day. Others may.
staff-week-empty-own = You have no appointments in this week. Others may.
staff-out-of-term = out of term
staff-hour-am = { $hour }am
staff-hour-pm = { $hour }pm
staff-hour-midday = midday
staff-hour-midnight = midnight

# Requests
staff-requests-title = Requests
staff-requests-lead = A person has to look at these before a time is given. The earliest deadline comes first.
staff-requests-none = No case is waiting. New ones show up here as soon as they are sent.
staff-col-deadline = Deadline
staff-col-reference = Reference
staff-col-reasons = Why it is here
staff-col-reply = Reply by
staff-no-deadline = No deadline given
staff-overdue = Late
staff-deadline-today = today
staff-deadline-in =
    { $count ->
        [one] tomorrow
       *[other] in { $count } days
    }
staff-deadline-past =
    { $count ->
        [one] yesterday
       *[other] { $count } days ago
    }

# One appointment
staff-appointment = Appointment { $reference }
staff-appointment-when = When
staff-appointment-client = Contact details
staff-appointment-answers = Answers
staff-appointment-answers-none = There were no questions to answer.
staff-appointment-history = What happened
staff-appointment-do = What you can do
staff-field-date = Date
staff-field-time = Time
staff-field-how = How
staff-field-room = Room
staff-field-name = Name
staff-field-email = Email
staff-field-phone = Phone
staff-field-safe-email = Safe to email
staff-field-safe-call = Safe to call
staff-field-call-window = When to call
staff-field-message = Leave a message
staff-field-postcode = Area
staff-field-language = Language
staff-field-interpreter = Interpreter
staff-field-access = Access needs
staff-field-organisation = Organisation
staff-yes = Yes
staff-no = No
staff-confirm = Clear and book it
staff-confirm-text = The client hears that it is booked.
staff-cancel = Cancel for the clinic
staff-cancel-text = This frees the time at once. The client hears of it by email, or you are asked to call them.
staff-cancel-yes = Yes, cancel this appointment
staff-back-to-week = See this week in the calendar
staff-names-kept = Given. Only the conflict checker sees these names.
staff-answer-kept = Given, to a question that is no longer asked.

# An appointment's history
history-who-client = The client
history-who-staff = Somebody of the staff
history-who-system = The system
history-held = kept the time while the form was filled in
history-hold-renewed = kept the time for longer
history-released = gave the time back
history-expired = let the time go
history-requested = asked for the appointment
history-confirmed = booked the appointment
history-coming = said that they are coming
history-moved = moved it to another time
history-cancelled = cancelled the appointment
history-arrived = noted that the client is here
history-attended = noted that the client was seen
history-missed = noted that the client did not come
history-not-told = had no safe way to tell the client
history-questions-published = published new questions
history-questions-discarded = threw a draft of questions away
history-detail-web = on the website
history-detail-api = by another program
history-detail-phone = by phone
history-detail-sample = sample data
history-detail-confirmation = that it is booked
history-detail-request-received = that the request is here
history-detail-change = the new time
history-detail-cancellation = that it is cancelled

# --- The first page of whoever runs the installation, and of who checks for conflicts ---

runs-no-second-factor =
    { $count ->
        [one] One person signs in with a password alone:
       *[other] { $count } people sign in with a password alone:
    }
runs-no-second-factor-none = Everybody signs in with a second step.
runs-ending =
    { $count ->
        [one] The access of one person ends in the next four weeks:
       *[other] The access of { $count } people ends in the next four weeks:
    }
runs-ending-none = Nobody’s access ends in the next four weeks.
runs-until = until { $date }
runs-and-more =
    { $count ->
        [one] and one more
       *[other] and { $count } more
    }
runs-people = See everybody
runs-more = Look after the rest
runs-checks =
    { $count ->
        [0] No conflict check waits.
        [one] One conflict check waits.
       *[other] { $count } conflict checks wait.
    }
runs-checks-overdue =
    { $count ->
        [one] one is overdue
       *[other] { $count } are overdue
    }

contact-title = How to reach { $reference }
contact-back = Back
contact-change = Change how to reach them
contact-yes = Yes
contact-no = No
contact-save = Save
contact-overtaken = Somebody else has changed this since you looked. Below is what you typed. Look at the client’s page before you save it again.
contact-does-links = If email is no longer safe, or goes to another address, all links that we sent before stop working. Give them the reference.
contact-does-mail = What we were going to send, and may not send now, comes back to you as a task.
contact-does-calls = If it is no longer safe to ring, calls that wait lose their number. The client is told when they ring us.
history-contact-changed = changed how to reach the client
