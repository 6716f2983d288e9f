# The conflict check, for staff, and the neutral refusal that a client reads. A line that starts with # is a note.

# --- The neutral refusal: the same words whatever the reason. Never say "conflict" here. ---

turned-down-title = We cannot help you with this
turned-down-lead = We are sorry. We cannot take this on.
turned-down-text = We cannot take on everything that people ask us for, and we cannot say why in each case. If you chose a time with us, please do not come then. You do not need to do anything here.
turned-down-others = Who else may be able to help

# --- The list ---

staff-conflicts = Conflict checks
conflicts-title = Conflict checks
conflicts-lead = Each one is to be decided within 1 working day. Until then nobody is booked, and nobody can read what happened.
conflicts-none = No check is waiting.
conflicts-col-matches = Names that are alike
conflicts-col-due = Decide by
conflicts-col-what = What waits
conflicts-matches =
    { $count ->
        [0] None
        [one] 1 name
       *[other] { $count } names
    }
conflicts-request = A request
conflicts-appointment = An appointment
conflicts-overdue = Overdue
conflicts-lead-only = For the clinic lead
conflicts-state-waiting = Waiting
conflicts-state-cleared = Cleared
conflicts-state-refused = Refused
conflicts-state-withdrawn = Called off

# --- One check ---

conflict-title = Conflict check { $reference }
conflict-due = Decide by
conflict-back = All conflict checks
conflict-names = Names given
conflict-name = Name
conflict-side = Whose name
conflict-side-client = The client
conflict-side-former = The client, another name
conflict-side-organisation = The client’s organisation
conflict-side-other-side = The other side
conflict-no-story = What happened is sealed. You do not need it to decide.
conflict-matches = Names that may be the same
conflict-matches-none = No name we know is like these.
conflict-matches-lead = These are only hints. You decide whether it is the same person or organisation.
conflict-others-hidden = Only the conflict checker sees the names of other clients.
conflict-given = Given here
conflict-other = Known from
conflict-why = Why
conflict-hidden = Name hidden
conflict-elsewhere = A match in another clinic. We cannot show the name.
conflict-against = Client on one side, other side on the other
conflict-alike = On the same side in both
conflict-why-same = The same name
conflict-why-other-order = The same name, other order
conflict-why-other-spaces = The same letters, other spaces
conflict-why-spelt-alike = Nearly the same letters
conflict-why-sounds-alike = Sounds alike
conflict-why-initials = An initial may stand for the name
conflict-why-part-of-name = One name is part of the other
conflict-why-elsewhere = The whole name is the same or sounds alike
conflict-decided = Decided
conflict-sent = Sent to the clinic lead, because
conflict-decided-by = { $name }, { $at }
conflict-decide = Your decision
conflict-not-yours = This check is for somebody else to decide.
conflict-reason = Why do you decide this way?
conflict-reason-hint = Only people who check conflicts read this. It is never sent to the client.
conflict-clear-text = Clear it: the appointment is booked and the client is told, or the request can be decided.
conflict-clear = Clear
conflict-refuse-text = Refuse it: the client reads that we cannot help. They read the same words as when the clinic is full.
conflict-refuse = Refuse
conflict-send-text = Not sure, or is the university the other side? The clinic lead (the supervisor) decides instead.
conflict-send = Send to the clinic lead
conflict-reason-missing = Say why.
conflict-reason-too-long = That is too long. Use 500 characters or fewer.
conflict-other-matches = The list of names has changed since you read it. Look again, then decide.
conflict-choose = Choose what you decide.

# --- Elsewhere on the desk ---

staff-name-withheld = Name withheld until cleared ({ $reference })
staff-withheld-long = The conflict check is open. You see who the client is, and what they wrote, when it is cleared.
staff-uncleared-long = The conflict check is open. Nothing is booked yet, and what happened stays sealed until it is cleared.
staff-turn-down = We have no capacity
staff-turn-down-text = The time is free again. The client reads that we cannot help with this, and who else may.
staff-turn-down-yes = Say that we cannot help
history-turned-down = said that we cannot help
staff-withheld-over = This is over, and the names were never cleared. So who the client is stays hidden.
staff-uncleared-over = This is over, and the names were never cleared. So what happened stays sealed.
staff-kept-back = Kept back until the names are cleared
staff-answers-kept-back = The answers are kept back until the names are cleared.
conflict-another-script = A name is written in letters that we cannot compare with Latin letters. Look for it by hand, in the spelling that its owner uses in English.

# --- Rivals: two businesses that compete ---

rivals-one-team = One team has this business and a rival of it. Give one of them to another adviser:
rivals-apart = A rival of this business is with this clinic too. Do not give both to one team:
