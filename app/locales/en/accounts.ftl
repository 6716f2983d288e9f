# Accounts, people, the second factor and the record of who did what. Plain English, short, no jargon.

# The record of who did or saw what
audit-title = Who did what
audit-lead = Each line says who did or opened something, and when. Nobody can change or delete a line.
audit-none = Nothing matches.
audit-person = Person
audit-action = What they did
audit-any = Any
audit-everything = All clinics and accounts
audit-from = From
audit-until = To
audit-filter = Show
audit-newest = Newest
audit-earlier = Earlier
audit-export = Download as CSV
audit-export-ends = There are older lines. They are not in this file. Ask again with { $date } as the last day.
audit-export-hint = We may ask for your password first.
audit-col-when = When
audit-col-who = Who
audit-col-did = Did
audit-col-what = To what
audit-col-detail = More
audit-subject = { $kind } { $reference }
audit-subject-appointment = Appointment
audit-subject-request = Case
audit-subject-call = Call
audit-subject-calendar = Calendar
audit-subject-conflict = Conflict check
audit-subject-appointments = Appointments
audit-subject-requests = Cases
audit-subject-waiting = Waiting list
audit-subject-calls = Calls
audit-subject-staff = Account
audit-subject-question-version = Questions
history-read = opened it
history-looked = looked at these days
history-listed = opened a list
history-printed = opened a day to print
history-searched = looked for a client
history-found = saw it in a search
history-signed-in = signed in
history-signed-out-everywhere = signed out everywhere
history-password-set = set a password
history-second-factor-set = set up the second step
history-second-factor-dropped = switched their second step off
history-second-factor-reset = took a lost second step away
history-recovery-codes-made = made new spare codes
history-recovery-code-used = signed in with a spare code
history-audit-exported = downloaded this record
history-staff-added = made an account
history-staff-invited = sent a link to set a password
history-staff-ended = ended all access
history-staff-begun = gave access back
history-staff-placed = gave an account its entry in the calendar
history-staff-unplaced = took an account out of the calendar
history-role-given = gave a role
history-role-taken = took a role away
history-feed-made = made a calendar address
history-feed-ended = ended a calendar address
history-call-made = made a call
history-waiting = opened a conflict check
history-cleared = cleared a conflict check
history-refused = refused a conflict check
history-sent-to-lead = left it to the clinic's lead

# People
people-title = People
people-lead = Who works here, what they may do, and until when.
people-all = Everybody
people-col-name = Name
people-col-roles = Roles
people-col-state = Account
people-col-second = Second step
people-second-yes = Set up
people-second-no = Not set up
people-state-active = Can sign in
people-state-invited = Invited
people-state-ended = Ended
people-no-role = No role
people-until = until { $date }
people-ended-on = Ended on { $date }
people-invite = Invite somebody
people-invite-send = Send the invitation
people-invite-hint = They get an email with a link to set a password. The link works once, for 3 days.
people-invited = We are sending the invitation to { $name }.
people-name = Name
people-role = Role
people-role-choose = Choose a role
people-until-label = Last day
people-until-hint = Leave the last day empty if there is no end. Students need one.
people-back = All people
people-account = Account
people-change = Change
people-take = Take away
people-take-which = Take away: { $role }
people-give = Give a role
people-give-button = Give this role
people-send-link = Send a new link to set a password
people-reset-second = Take a lost second step away
people-end = End all access
people-begin = Give access back
people-wrong-name = Write the name, in 100 characters or fewer.
people-wrong-email = Write an email address, such as name@example.org.
people-wrong-role = Choose a role from the list.
people-wrong-until = The last day must be a date, today or later.
people-wrong-student = Students need a last day. Choose one.
people-wrong-far = A student’s last day is at most 400 days away. Choose an earlier day.
people-wrong-email-known = Somebody with this email address has an account already. Ask the person who runs this site to give them a role.
people-place = In the calendar
people-place-title = In the calendar
people-place-hint = People who see clients need an entry in the calendar.
people-place-is = They are { $name } in the calendar.
people-place-none = They have no entry in the calendar yet.
people-place-role = An entry with their name, if they are an adviser or a supervisor
people-place-named = An entry with their name
people-place-nobody = No entry
people-place-save = Save the entry
people-wrong-place = Choose an entry that nobody else has.
people-overtaken = Somebody else has changed this account. You see it as it is now. What you chose is still in the form.
people-last-administrator = This is the last administrator. Make another one first.

# One's own account
account-title = Your account
account-password = Password
account-password-lead = We ask who you are once more, and then you choose a new one. This signs you out everywhere else.
account-password-button = Change your password
account-second = Second step when you sign in
account-second-none = You sign in with your password alone.
account-second-begin = Add a second step
account-second-on = We ask for a code from your phone when you sign in.
account-second-end = Switch it off
account-codes-once = These are your spare codes. Each works once, when you do not have your phone. We show them only now: print them or write them down.
account-codes-left =
    { $count ->
        [0] You have no spare codes left. Make new ones.
        [one] You have 1 spare code left.
       *[other] You have { $count } spare codes left.
    }
account-codes-new = Make new spare codes
account-feed = Your appointments in your own calendar
account-feed-lead = Your phone or computer can show your appointments, and keep them up to date.
account-feed-make = Make a calendar address
account-feed-made = You made your address on { $date }.
account-feed-new = Make a new one
account-feed-end = End it
account-feed-once = This is your address. We show it only now. Copy it, and choose "Subscribe" or "Add by URL" in your calendar.
account-feed-hint = Whoever has the address can see when you have appointments, but no names. A new address ends the old one.
account-sessions = Where you are signed in
account-started = Signed in
account-seen = Last used
account-here = Here
account-sign-out-everywhere = Sign out everywhere
account-sessions-hint = After an hour without use, and after 12 hours at most, you are signed out.

# The second step
second-title = Add a second step
second-required = Your role needs this before you can go on.
second-lead = You need an app on your phone that makes codes. Many password managers can do it too.
second-begin = Start
second-step-app = Open the app on your phone, and add an account.
second-step-picture = Point the camera at this picture.
second-picture = A picture that an app on your phone can read
second-by-hand = No camera? Type it instead
second-secret = Type this key into the app:
second-open-app = Open it in an app on this device
second-step-code = Type the code that the app shows.
second-code = Code
second-confirm = Check the code
second-wrong = This code is not right, or was used before. Wait for the next one and try again.
second-step-title = Your code
second-step-hint = 6 numbers from the app on your phone, or one of your spare codes.
second-lost = Lost your phone and your spare codes? Ask the person who runs this site.

# Proving again
prove-title = Is it still you?
prove-lead = What you asked for needs your password once more.
prove-either = Your password, or a code from your phone
prove-button = Go on
prove-wrong = That is not right. Please try again.

# What a calendar says
feed-name = Appointments
feed-summary = Appointment
feed-phone = By phone
feed-video = By video
