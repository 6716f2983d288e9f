# What staff read where they see and change a clinic's time and set-up. A line that starts with # is a note.
# avail-<kind>-<field> is the label of a field; the same with -hint is the line of help under it.

avail-rail = Hours and people
avail-title-of = Hours and people: { $clinic }
avail-back = Back to: { $to }
avail-off = This clinic is switched off. Nobody can book yet.
avail-to-settings = Settings of this clinic
avail-week = The usual week
avail-week-empty = There is no session yet. Add one below.
avail-band-people =
    { $advisers ->
        [one] 1 adviser
       *[other] { $advisers } advisers
    }, { $supervisors ->
        [0] no supervisor
        [one] 1 supervisor
       *[other] { $supervisors } supervisors
    }
avail-band-rooms =
    { $count ->
        [0] no room
        [one] 1 room
       *[other] { $count } rooms
    }
avail-change = Change
avail-nothing = nothing
avail-no-choices = There is nothing to choose yet.
avail-cancel = Cancel
avail-remove = Take it away
avail-look-first = See what it would do
avail-save-now = Save
avail-save = Save this change
avail-remove-save = Take it away now
avail-change-typed = Change what I typed
avail-changes = What changes
avail-no-changes = Nothing is different from what stands now.
avail-removes = This takes something away: { $title }.
avail-not-saved = Nothing is saved yet.
avail-preview-title = What it would do: { $title }
avail-preview-again = Somebody booked since you looked. Look again before you save.
avail-preview-off = The clinic is switched off. These are the times there would be if it were on.
avail-slots-title = Times that can be booked
avail-no-services = This clinic has no service yet, so there are no times.
avail-same = as before
avail-session-no-adviser = No adviser is in this session, so it offers no time of its own.
avail-session-no-supervisor = No supervisor is in this session, so it offers no time of its own.
avail-session-no-room = No room is in this session, so it offers no time to meet in person.
avail-trouble-title = Appointments in trouble
avail-trouble-none = No appointment is in trouble.
avail-trouble-lead =
    { $count ->
        [one] This appointment no longer fits.
       *[other] These { $count } appointments no longer fit.
    }
avail-trouble-after = If you save, they stay as they are and stand on the clinic’s page until somebody finds another person, room or time for them.
avail-elsewhere =
    { $count ->
        [one] 1 meeting in another clinic would be in trouble too. Tell that clinic.
       *[other] { $count } meetings in other clinics would be in trouble too. Tell those clinics.
    }
avail-offered =
    { $count ->
        [one] 1 time that is offered to somebody on the waiting list cannot take place. If nobody else is free for it, it is taken back within minutes, they are told, and they keep their place.
       *[other] { $count } times that are offered to people on the waiting list cannot take place. If nobody else is free for them, they are taken back within minutes, the people are told, and they keep their place.
    }
avail-attention = These appointments need you
avail-resolve = Find another person, room or time
avail-conflict-title = Somebody else changed this while you typed
avail-conflict = Nothing of yours is saved yet, and nothing is lost. Compare the two, then save yours or cancel.

avail-col-change = Change
avail-col-why = Why
avail-col-what = What
avail-col-was = Now
avail-col-will = After this change
avail-col-theirs = What they saved
avail-col-yours = What you typed
avail-col-service = Service
avail-col-before = Places now
avail-col-after = Places after
avail-col-gained = More
avail-col-lost = Fewer
avail-col-first = First day that changes
avail-col-day = Day
avail-col-hours = Hours
avail-col-in-force = In force
avail-col-advisers = Advisers
avail-col-supervisors = Supervisors
avail-col-rooms = Rooms
avail-col-who = Who
avail-col-when = When
avail-col-kind = Why
avail-col-dates = What
avail-col-title = Name
avail-col-for = For
avail-col-name = Name
avail-col-skills = Can work on
avail-col-features = Has
avail-col-active = State
avail-col-length = Length
avail-col-notice = Can be booked
avail-col-capacity = Places
avail-col-cap = Each day
avail-col-value = Number

avail-list-sessions = Weekly sessions
avail-list-sessions-empty = No weekly session yet.
avail-list-days = Single days
avail-list-days-empty = No day has hours of its own.
avail-list-away = Away and blocked
avail-list-away-empty = Nobody is away and nothing is blocked.
avail-list-dates = Terms, closures and bank holidays
avail-list-dates-empty = No term yet. A clinic is open only in a term.
avail-list-people = People
avail-list-people-empty = No people yet.
avail-list-rooms = Rooms
avail-list-rooms-empty = No rooms yet.
avail-list-services = Services
avail-list-services-empty = No service yet.
avail-list-rules = Supervision
avail-list-rules-empty = No rule yet.
avail-rules-ratio = Meetings that one supervisor may cover at once

avail-weekday-1 = Monday
avail-weekday-2 = Tuesday
avail-weekday-3 = Wednesday
avail-weekday-4 = Thursday
avail-weekday-5 = Friday
avail-weekday-6 = Saturday
avail-weekday-7 = Sunday
avail-always = every week
avail-from = from { $date }
avail-between = { $from } to { $until }
avail-part-of-day = { $date }, { $from } to { $until }
avail-not-open = not open
avail-all-clinics = All clinics
avail-here = works here
avail-here-room = in use
avail-gone = no longer here
avail-length =
    { $minutes } minutes{ $before ->
        [0] { "" }
       *[other] , { $before } before
    }{ $after ->
        [0] { "" }
       *[other] , { $after } after
    }
avail-notice = { $hours } hours to { $days } days ahead
avail-capacity =
    { $count ->
        [one] 1 person
       *[other] { $count } people
    }
avail-cap =
    { $count ->
        [one] 1 meeting a day
       *[other] { $count } meetings a day
    }
avail-no-cap = no limit

avail-dates-term = Term
avail-dates-closure = Closed
avail-dates-bank-holiday = Bank holiday

avail-kind-leave = On leave
avail-kind-study = Study or exam
avail-kind-training = Training
avail-kind-other-work = Other work
avail-kind-away = Away
avail-kind-repairs = Being repaired
avail-kind-in-use = In use for something else
avail-kind-event = Event
avail-kind-closed = Closed

avail-feature-step-free = No steps
avail-feature-quiet = Quiet
avail-feature-hearing = Hearing loop
avail-feature-video = Screen for video calls

avail-mode-in-person = In person
avail-mode-phone = By phone
avail-mode-video = By video
avail-booking-instant = Booked at once
avail-booking-held = Kept for the client until staff clear it
avail-booking-review = Only staff offer it
avail-offered-anyone = Everybody
avail-offered-new = People who are new here
avail-offered-returning = People who have been here before

# The forms.
avail-session-new = Add a weekly session
avail-session-change = Change a weekly session
avail-session-lead = When the clinic meets clients each week, and who is there.
avail-day-new = Add hours for one day
avail-day-change = Change the hours of one day
avail-day-lead = On this day these hours count, and no weekly session does.
avail-term-new = Add a term
avail-term-change = Change a term
avail-term-lead = A clinic is open only in a term.
avail-closure-new = Add a closed day
avail-closure-change = Change a closed day
avail-holidays-new = Add bank holidays
avail-holidays-change = Bank holidays
avail-holidays-lead = Bank holidays of England and Wales that this clinic does not keep yet.
avail-away-new = Add time away or a block
avail-away-change = Change time away or a block
avail-away-lead = Nobody can book a person, a room or the clinic in this time.
avail-person-new = Add a person
avail-person-change = Change a person
avail-person-lead = Somebody who advises or supervises. They need no account for this.
avail-person-nobody = No, somebody new
avail-room-new = Add a room
avail-room-change = Change a room
avail-room-nobody = No, a new room
avail-service-new = Add a service
avail-service-change = Change a service
avail-rules-new = Supervision
avail-rules-change = Change the supervision
avail-words-new = The words of the public page
avail-words-change = The words of the public page
avail-words-lead = What people read before they book. Short words, short sentences.

avail-field-weekday = Day of the week
avail-field-date = Date
avail-field-open = Is the clinic open on this day?
avail-field-start = Starts at
avail-field-end = Ends at
avail-field-from = First day
avail-field-until = Last day
avail-session-until-hint = Leave it empty if there is no end.
avail-field-advisers = Who advises
avail-field-supervisors = Who supervises
avail-field-rooms = Rooms
avail-field-title = Name
avail-term-title-hint = Such as: Autumn term.
avail-closure-title-hint = Such as: Winter break.
avail-holidays-dates = Which days
avail-away-who = Who or what
avail-who-choose = Choose
avail-who-clinic = The whole clinic
avail-away-from-time = From what time
avail-away-from-time-hint = Leave it empty for the whole day.
avail-away-until-time = Until what time
avail-away-until-time-hint = Leave it empty for the whole day.
avail-away-kind = Why
avail-away-kind-hint = Never write anything about somebody’s health.
avail-away-title = A short name
avail-away-title-hint = Only for a room or the clinic. Leave it empty for a person.
avail-field-name = Name
avail-field-existing = Is it somebody who works in another clinic?
avail-room-existing = Is it a room of another clinic?
avail-field-existing-hint = Then nobody can be booked twice at the same time.
avail-person-services = Services they may advise on
avail-person-services-hint = A supervisor needs none.
avail-room-features = What the room has
avail-field-active = Still here?
avail-service-label = What mails call it
avail-service-label-hint = It must not give away the clinic. Most use: Appointment.
avail-service-price = Price, in words
avail-service-enabled = Can it be booked?
avail-service-booking = How it is booked
avail-service-offered-to = Who can book it
avail-service-modes = Ways to meet
avail-service-minutes = Length in minutes
avail-service-buffer-before = Minutes to get ready before
avail-service-buffer-after = Minutes to finish after
avail-service-start-every = A start every so many minutes
avail-service-notice-hours = Hours before the start it can still be booked
avail-service-horizon-days = Days ahead it can be booked
avail-service-capacity = Clients in one meeting
avail-service-capacity-hint = 1, or more for a group.
avail-service-advisers-needed = Advisers in one meeting
avail-service-daily-cap = Most meetings in one day
avail-service-daily-cap-hint = Leave it empty for no limit.
avail-service-turnaround-days = Days until our answer comes
avail-service-turnaround-days-hint = 0 if the client has it at the end of the meeting.
avail-rules-ratio-hint = A number from 1 to 50.
avail-words-name = Name of the clinic
avail-words-summary = One plain sentence about it
avail-words-examples = Everyday problems, one on each line
avail-words-what = What people get, one on each line
avail-words-who-for = Who it is for
avail-words-price = Price, in words
avail-words-who-delivers = Who meets the person, and who checks the work
avail-words-cannot = What it cannot do, one on each line
avail-words-cannot-hint = What it is, a colon, and who can help. Such as: Cars: A garage.
avail-words-address = Address
avail-words-directions = How to find it
avail-words-step-free = How to come without steps
avail-words-bring = What to bring, one on each line
avail-words-open-days = Days and hours, in words
avail-words-organisations = Ask for the name of an organisation?
avail-words-reply-days = Working days until a request is answered
avail-words-urgent-reply-days = Working days until an urgent request is answered

avail-error-empty = Fill this in.
avail-error-long = This is too long.
avail-error-date = Enter a date, such as 1 December 2026.
avail-error-time = Enter a time, such as 2:00pm.
avail-error-order = The end must come after the start.
avail-error-number = Enter a number from { $least } to { $most }.
avail-error-hours = Enter hours, such as 24 or 1.5.
avail-error-shared = Another clinic has this too. Only somebody who runs both clinics can change it.
avail-error-on-list = They are on this clinic’s list already. Go back, open their name, and change them there.
avail-error-choose = Choose from the list.
avail-error-kind-person = Choose a reason that fits a person.
avail-error-kind-place = Choose a reason that fits a room or a clinic.
avail-error-no-title = Leave this empty for a person.
avail-error-cannot = Put a colon between what it is and who can help.

avail-why-closed = The clinic is closed on this day.
avail-why-blocked = The clinic is blocked at this time.
avail-why-outside = No session is open at this time.
avail-why-away = { $name } is away.
avail-why-left = { $name } is no longer here.
avail-why-not-there = { $name } is not in a session at this time.
avail-why-no-skill = { $name } may not work on this service.
avail-why-too-many = { $name } has too many meetings at once.
avail-why-not-fit = { $name } does not have what this person needs.
avail-why-not-offered = This service is switched off.
avail-why-not-this-way = This service no longer meets in this way.
avail-why-too-few = This service now needs more advisers.

# When somebody or something drops out.
avail-drop-out = Somebody drops out
avail-drop-out-title = Somebody or something drops out
avail-drop-out-lead = Say who or what, and how long. You see what would happen to each appointment before anything is done.
avail-how-long = How long
avail-how-long-hint = For one day, fill in the first day. For longer, fill in both days.
avail-how-long-rest = The rest of today
avail-how-long-day = One whole day
avail-how-long-range = From the first day to the last
avail-resolve-title = Appointments that need another person, room or time
avail-more-after = These are the first { $count }. { $more } more come when these are done.
avail-dry-run = This is what would happen to each appointment.
avail-urgent = urgent
avail-deadline = needs it by { $date }
avail-choose-for = What to do about { $reference }
avail-choice-swap = Same time, with { $names }
avail-choice-swap-hint = Nothing changes for the client, so nobody is told.
avail-choice-group = Same time, with the others of the group
avail-choice-time = Move it to { $time }
avail-choice-cancel = Call it off
avail-choice-cancel-hint = Ring the client to find another time.
avail-choice-leave = Leave it as it is for now
avail-told-mail = If the time changes, the client gets one mail that says sorry.
avail-told-call = If the time changes, it is put on the list of calls to make.
avail-told-nothing = The client cannot be told safely. They keep their reference and ring us.
avail-apply = Do this now
avail-done =
    { $left ->
        [0] All done.
        [one] Done, but 1 appointment still needs you.
       *[other] Done, but { $left } appointments still need you.
    }
avail-done-back = See the clinic’s hours and people
avail-result-swap = Same time, with { $names }.
avail-result-moved = Moved to { $time }.
avail-result-cancelled = Called off.
avail-result-left = Left as it is.
avail-result-settled = Somebody else has seen to this one since you looked.
avail-result-changed = Somebody else has changed this since you looked. Look again.
avail-result-taken = This could not be had any more. Look again.
avail-result-failed = This could not be done. Look again.

# A clinic from nothing.
settings-title = Clinics and settings
settings-lead = Set up a clinic here, from its name to its first time that can be booked.
settings-none = You have no clinic to set up yet.
settings-new = Make a new clinic
settings-new-lead = It is switched off until everything is there. You become its manager.
settings-new-lead-runs = It is switched off until everything is there. You do not become its manager. On the next page you can invite one.
settings-no-manager = Nobody manages this clinic yet
settings-no-manager-text = A manager puts in the people, rooms and hours. Ask somebody who will run the clinic.
settings-invite-manager = Invite a manager of { $clinic }
settings-check-who = A manager of the clinic can do this.
settings-new-hint = Such as: Bicycle clinic. You can change it later.
settings-error-taken = There is a clinic of this name already.
settings-col-clinic = Clinic
settings-col-state = State
settings-on = switched on
settings-off = switched off
settings-of = Settings: { $clinic }
settings-checks =
    { $left ->
        [0] Nothing is missing
        [one] 1 thing is still missing
       *[other] { $left } things are still missing
    }
settings-done = Done
settings-missing = Missing
settings-first-slot = The first time that can be booked: { $time }.
settings-not-ready = You can switch the clinic on when nothing is missing.
settings-switch-on = Switch the clinic on
settings-switch-off = Switch the clinic off
settings-services = Services
settings-add-service = Add a service
settings-add-service-more = what people can book
settings-to-hours = See the hours and people of this clinic
settings-questions-note = The questions that everybody is asked, and none of its own yet.
settings-check-words = The words of the public page.
settings-check-words-link = Write them
settings-check-service = A service that people can book.
settings-check-service-link = Add a service
settings-check-adviser = Somebody who may advise on a service.
settings-check-adviser-link = Add a person
settings-check-supervisor = A second person, who supervises.
settings-check-supervisor-link = Add a person
settings-check-room = A room, if people come in person.
settings-check-room-link = Add a room
settings-check-term = A term, in which the clinic is open.
settings-check-term-link = Add a term
settings-check-session = A session with an adviser, a supervisor and a room.
settings-check-session-link = Add a session
settings-check-questions = Questions that people answer first.
settings-check-questions-link = Start with the shared questions
settings-check-slot = A time that can be booked.
settings-check-slot-link = See the hours and people
