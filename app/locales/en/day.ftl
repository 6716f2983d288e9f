# The working day at the desk. Plain English, short. A line that starts with # is a note.

# Today at a glance
day-here = here now
day-late = late
day-to-come = still to come
day-next = Next:
day-now-line = Now
day-col-do = Do
day-lacking = Still to find
day-lacks-adviser = an adviser
day-lacks-supervisor = a supervisor
day-lacks-room = a room
day-walk-in = Somebody is here without an appointment
day-walk-in-text = You ask them the same questions as on the phone. Then you pick a time of today, and they are checked in.
day-walk-in-start = Start the questions
day-walk-in-full = { $clinic } has no free time left today
day-walk-in-next = The next free time is { $time }.
day-walk-in-none = There is no free time in the next six weeks.
day-walk-in-anyway-text = You can still ask them the questions. Then they can pick a later time, or join the waiting list.
day-walk-in-anyway = Start the questions for a later time
day-walked-in = Walked in
day-left-early = Left early
day-begun = In the meeting
day-back = Back to the appointment

# Who supervises
day-cover = Who supervises today
day-cover-now = Now { $now } of { $most } meetings at once
day-cover-full = Full
day-cover-nobody = Nobody supervises from { $hours }.

# What can be ticked off
day-do-check-in = Check in
day-do-late = Running late
day-do-start = Start
day-do-finish = Finish
day-do-outcome = Write what came of it
day-do-left-early = Left early
day-do-missed = Did not come
day-do-not-here = Not here after all
day-do-not-started = Not started yet
day-do-not-seen = Not finished yet
day-do-came-after-all = Came after all
day-do-again = Book another time
day-correct-outcome = Correct what came of it
day-more = More
day-button-about = { $do }: { $who }
day-late-minutes = Minutes late
day-late-by =
    { $count ->
        [one] 1 minute late
       *[other] { $count } minutes late
    }
day-overdue =
    { $count ->
        [one] Not here after 1 minute
       *[other] Not here after { $count } minutes
    }
day-shorten =
    { $count ->
        [one] Make it shorter: 1 minute is left.
       *[other] Make it shorter: { $count } minutes are left.
    }
day-rebook = Too late for this meeting. Book another time.
day-wrong-minutes = Write how many minutes late they will be, from 1 to 240

# Somebody else was first
day-overtaken = Somebody changed this while you were looking
day-overtaken-text = We did not do what you asked. This is how it is now. Look again, then press what is still right.

# People and room by hand
day-crew = People and room
day-crew-hint = Only those who are free at this time are in the lists. Whoever is in another meeting at the same time can be had in exchange: that meeting gets who leaves this one.
day-crew-exchange = { $name } (exchange with { $reference })
day-crew-adviser-number = Adviser { $number }
day-crew-nobody = Nobody yet
day-crew-save = Save people and room
day-wrong-crew = Somebody or something in your choice is not free any more, or somebody is in it twice. Please choose again.

# What came of it
outcome-title = What came of { $reference }
outcome-heading = What came of it
outcome-came = What came of it
outcome-is-advised = We advised them, or the work is done
outcome-is-follow-up = There is more for us to do
outcome-is-signposted = We told them who can help
outcome-is-referred = We passed them on to somebody
outcome-issue = What it was about
outcome-issue-other = Something else
outcome-students = Minutes of students
outcome-supervisors = Minutes of supervisors
outcome-students-hint = All of them together, with the time before and after. Two students for one hour are 120.
outcome-supervisors-hint = Only the part for this meeting. If one supervisor looked after three meetings in one hour, each gets 20.
outcome-minutes =
    { $count ->
        [one] 1 minute
       *[other] { $count } minutes
    }
outcome-sure = How sure they feel
outcome-sure-hint = In their own words, from 1 (not at all) to 5 (very). You do not have to ask.
outcome-before = Before the meeting
outcome-after = After the meeting
outcome-not-asked = Not asked
outcome-sure-words = { $before } before, { $after } after
outcome-save = Save
outcome-wrong-early = You can write what came of it when the client has been seen. Tick off first that they came, and that it has ended.
outcome-wrong-came = Pick what came of it
outcome-wrong-issue = Pick what it was about
outcome-wrong-minutes = Write the minutes as a number, from 0 to 2400
outcome-overtaken = Somebody else wrote this down first
outcome-overtaken-text = This is what they wrote. What you typed is still in the form below. Save it only if it should take the place of theirs.

# The next meeting
again-title = Next meeting after { $reference }
again-service = { $name } ({ $minutes } minutes)
again-from = From
again-show = Show times
again-pick = Pick one time
again-adviser = They see the same adviser if that person is free.
again-book = Book this time
again-more = More days
again-none = There is no free time from this day on. Try another service or another way to meet.
again-unavailable = The calendar could not be read. Please try again in a moment.
again-replaces = The meeting that they came too late for is given up. The new time takes its place.
again-there = There is a next meeting already:
again-overtaken = Somebody else was quicker. Nothing was booked just now.
again-wrong-start = Pick one of the times
again-wrong-taken = That time has just gone, or they have another appointment then. Please pick another one.

# Calls, and the history
call-missed = Did not come a second time. Ring first, and ask if they are all right
history-runs-late = noted that the client is late
history-started = started the meeting
history-left-early = noted that the client left early
history-not-here = took back that the client is here
history-not-started = took back that the meeting has started
history-not-seen = took back that the client was seen
history-came-after-all = noted that the client came after all
history-allocated = changed the people or the room
history-outcome-recorded = wrote down what came of it
history-outcome-corrected = corrected what came of it
history-detail-missed = that we are sorry not to have seen them
