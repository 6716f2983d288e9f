# The staff's calendar, moving an appointment, the list on paper, and looking for somebody.

calendar-all-clinics = All my clinics
calendar-people = People
calendar-rooms = Rooms
calendar-columns = Columns of the day
calendar-when = When
calendar-how-much = How much to show
calendar-today = Today
calendar-day = Day
calendar-week = Week
calendar-month = Month
calendar-day-before = Day before
calendar-day-after = Day after
calendar-week-before = Week before
calendar-week-after = Week after
calendar-month-before = Month before
calendar-month-after = Month after
calendar-scroll = The calendar as a grid. It can be moved sideways.
calendar-print-day = Day list to print
calendar-print-today = Today's list to print
calendar-reload = Show it as it is now
calendar-free-times = Free times
calendar-nobody = No adviser
calendar-no-room = No room
calendar-mon = Mon
calendar-tue = Tue
calendar-wed = Wed
calendar-thu = Thu
calendar-fri = Fri
calendar-sat = Sat
calendar-sun = Sun

# Who is there: "2:00pm to 7:00pm: 6 advisers. Sue Sample supervises, 4 meetings at once."
calendar-cover =
    { $advisers ->
        [one] { $when }: 1 adviser.
       *[other] { $when }: { $advisers } advisers.
    } { $people ->
        [one] { $names } supervises,
       *[other] { $names } supervise,
    } { $count ->
        [one] 1 meeting at once.
       *[other] { $count } meetings at once.
    }
calendar-cover-nobody =
    { $advisers ->
        [one] { $when }: 1 adviser. Nobody supervises.
       *[other] { $when }: { $advisers } advisers. Nobody supervises.
    }
calendar-names = { $first } and { $last }
calendar-busy = { $when }: busy elsewhere
calendar-busy-who = { $when }: { $name } is busy elsewhere
calendar-who-is-there =
    { $count ->
        [one] Who is there: 1 line
       *[other] Who is there: { $count } lines
    }
calendar-print-list = Print list
calendar-print-list-of = of { $day }

# Who is not there
calendar-away-person = { $name } is away: { $when }.
calendar-away-room = { $name } is not free: { $when }.
calendar-away-clinic = The clinic meets nobody: { $when }.
calendar-away-titled = { $title }: { $when }. The clinic meets nobody.
calendar-away-all-day = all day

# A month
calendar-month-idle = Nothing
calendar-month-load =
    { $count ->
        [one] 1 booked, { $percent }% full
       *[other] { $count } booked, { $percent }% full
    }
calendar-month-booked =
    { $count ->
        [one] 1 booked
       *[other] { $count } booked
    }
calendar-month-held =
    { $count ->
        [one] 1 being booked
       *[other] { $count } being booked
    }
calendar-month-offered =
    { $count ->
        [one] 1 offered
       *[other] { $count } offered
    }
calendar-month-blocked = Blocked { $when }
calendar-month-supervised =
    { $people ->
        [0] Nobody supervises.
        [one] { $names } supervises.
       *[other] { $names } supervise.
    }
calendar-month-notes = Who and when
calendar-month-taken = How full
calendar-month-bar = As a bar
calendar-month-wrong = To put right

# What is wrong
calendar-troubles =
    { $count ->
        [one] Something is wrong with 1 appointment.
       *[other] Something is wrong with { $count } appointments.
    }
calendar-trouble-no-supervisor = No supervisor
calendar-trouble-no-adviser = No adviser
calendar-trouble-no-room = No room
calendar-trouble-twice = { $name } has two at once
calendar-trouble-gone = { $name } is no longer here
calendar-trouble-closed = The clinic is closed then
calendar-trouble-hours = Outside the clinic's hours
calendar-trouble-absent = { $name } is not there then
calendar-trouble-away = { $name } is away then
calendar-trouble-blocked = The clinic meets nobody then

# Moving in the calendar
calendar-moving = You are moving { $reference } ({ $service }), now on { $time }. Pick a free time.
calendar-moving-none = There is no free time here.
calendar-moving-first-free = Go to the first free time
calendar-moving-page = Show all free times
calendar-moving-stop = Stop moving
calendar-move-here = Move to { $time }
calendar-moved = { $reference } is now on { $time }.

# Keys
calendar-keys = Keys: arrows go between appointments, Enter opens, x moves. p and n go back and on, t is today, d, w and m change how much, l swaps grid and list, / finds.
calendar-keys-off = Turn keys off
calendar-keys-on = Turn keys on

# Moving on a page
staff-move = Move to another time
move-title = Move { $reference }
move-now = { $date }, { $hours }, { $service }
move-in-calendar = Pick a time in the calendar
move-leave = Leave it as it is
move-free = Free times
move-told = Pick the new time. The client hears of it by email, or you are asked to call them.
move-none = There is no free time.
move-more = Later times
move-wanted = You picked { $time }. What you typed is still here.
move-refused-slot-taken = That time is taken by now. It was not moved.
move-refused-moved-meanwhile = Somebody else moved it while you were looking. The page shows when it is now. It was not moved again.
move-refused-too-soon = That time is too soon. It was not moved.
move-refused-too-far = That time is too far ahead. It was not moved.
move-refused-too-late = That time is too late to help. It was not moved.
move-refused-closed = The clinic is closed at that time. It was not moved.
move-refused-outside-hours = The clinic does not offer that time. It was not moved.
move-refused-mode-not-offered = They cannot meet in that way then. It was not moved.
move-overrule = Any other time
move-overrule-text = You may break a rule of booking, such as the hours or the notice. Nobody is booked twice, and a supervisor is there. Your reason is kept.
move-overrule-yes = Move it to this time
move-date = Date
move-time = Time
move-reason = Why
move-error-start = Pick one of the free times.
move-error-date = Type the date.
move-error-time = Type a time that there is on that day.
move-error-reason = Say in a few words why.
move-error-reason-long = Keep the reason shorter: 500 characters or fewer.
history-overruled = moved it against a rule of booking
history-detail-rule-too-soon = too soon
history-detail-rule-too-far = too far ahead
history-detail-rule-closed = the clinic is closed
history-detail-rule-too-late = too late to help
history-detail-rule-outside-hours = outside the hours
history-detail-rule-full = the day is full

# The list on paper
day-list-here = Here
day-list-print = Print
day-list-printed = Printed { $time }.
day-list-back = Back to the calendar
day-list-do-not-ring = Do not ring
day-list-offered = Offered to a person on the waiting list
day-list-walk-in = Walk-in
day-list-own = Only your own appointments are on this list.
day-list-keep = This list has names and numbers on it. Shred it at the end of the day.

# Looking for somebody
search-title = Find
search-label = Find a client
search-hint = Reference, name or phone
search-button = Find
search-nothing = Nothing was found in your clinics. Try a part of the name, or the reference.
search-more = There are more. Type more of the name.
search-appointments =
    { $count ->
        [one] 1 appointment
       *[other] { $count } appointments
    }
search-cases =
    { $count ->
        [one] 1 request
       *[other] { $count } requests
    }
search-case = Request
search-places =
    { $count ->
        [one] 1 place on the waiting list
       *[other] { $count } places on the waiting list
    }
search-place = Waiting list
