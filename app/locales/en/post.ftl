# Staff: the messages to clients, and what became of them.

post-title = Messages
post-lead = What we tell clients by mail. A message that cannot arrive becomes a call to make.
post-samples-link = See each message with sample data
post-older = Older messages
post-none = There is no such message.
post-none-failed = No message failed. That is good.
post-back = Back to messages
post-which-state = Which messages
post-col-made = Made
post-col-what = Message
post-col-about = About
post-col-state = State
post-col-why = Why
post-col-subject = Subject
post-next = Next try: { $time }
post-tries = { $count ->
    [one] Tried once
   *[other] Tried { $count } times
}
post-retry = Try again
post-retry-about = Try again: { $reference }

post-state-all = All
post-state-queued = Waits
post-state-sent = Sent
post-state-dropped = Not needed
post-state-failed = Failed

post-kind-confirmation = It is booked
post-kind-request-received = We keep the time
post-kind-change = New time
post-kind-cancellation = Called off
post-kind-in-review = We look at it
post-kind-turned-down = We cannot take it on
post-kind-decision = There is an answer
post-kind-reminder = Reminder
post-kind-missed = We missed you
post-kind-feedback = How was it?
post-kind-link = Lost link
post-kind-on-list = On the waiting list
post-kind-offer = A time to say yes to
post-kind-offer-ended = The offered time is gone
post-kind-list-ended = No time was found

post-why-unsafe = The client said that mail is not safe.
post-why-changed = It was no longer true: something changed first.
post-why-late = It was too late to be of use.
post-why-night = We do not write at night.
post-why-dead = Mail to this address came back before.
post-why-bounced = The mail came back.
post-why-tries = We tried many times.
post-why-busy = The mail server was busy.
post-why-refused = The mail server does not take it.
post-why-other = The mail did not go through.
post-then-queued = It is tried again by itself.
post-then-failed = If they have to hear of it, it stands under Calls to make on Today.

post-samples-title = Each message, with sample data
post-samples-lead = These are sample messages. The people and times in them are made up.
post-samples-back = All sample messages
post-sample-html = See it as a mail
post-sample-text = The words
post-sample-calendar = For the calendar
post-sample-confirmation = It is booked
post-sample-confirmation-by-video = It is booked (by video)
post-sample-request-received = We keep the time
post-sample-in-review = We look at it
post-sample-change = New time
post-sample-change-by-clinic = New time (the clinic had to change it)
post-sample-cancellation-by-client = Called off by the client
post-sample-cancellation-by-clinic = Called off by the clinic
post-sample-staff-invitation = Staff: set your password
post-sample-staff-day = Staff: your day
post-sample-turned-down = We cannot take it on (a time was kept)
post-sample-turned-down-request = We cannot take it on (a case)
post-sample-decision = There is an answer
post-sample-on-list = On the waiting list
post-sample-offer = A time to say yes to
post-sample-offer-ended = The offered time is gone
post-sample-offer-ended-by-clinic = The offered time is gone (the clinic cannot meet then)
post-sample-list-ended = No time was found
post-sample-reminder = Reminder
post-sample-reminder-by-phone = Reminder (by phone)
post-sample-missed = We missed you
post-sample-feedback = How was it?
post-sample-link = Lost link (an appointment)
post-sample-link-request = Lost link (a case)

history-sent-again = had a message tried again

avail-service-reminder-days = Days before, to remind
avail-service-reminder-days-hint = Such as 5, 1. Up to four numbers. Leave it empty for no reminder.
post-error-reminders = Write up to four numbers from 1 to 28, with commas between them.

# What is done behind the scenes.

post-work = Behind the scenes
post-work-well = Emails, reminders and the rest are being dealt with.
post-work-wrong = Something is not being dealt with. Tell whoever runs this system.
post-work-none = Nothing has been dealt with yet. If this stays, tell whoever runs this system.
post-work-more = See each one
post-work-col-what = What
post-work-col-when = Last done
post-work-col-how = How it went
post-work-line-well = It went well.
post-work-line-late = This is too long ago.
post-work-line-failing =
    { $count ->
        [one] It failed, and will be tried again.
       *[other] It failed { $count } times, and will be tried again.
    }
post-work-deliver-mail = Sending emails
post-work-expire-holds = Giving back times that nobody took
post-work-prune = Clearing out what has had its time
post-work-seal-audit = Sealing the record of who did what
post-work-remind = Reminders and lists of the day
post-work-read-what-came-back = Reading emails that came back
post-work-offer-times = Offering times to the waiting list
post-work-erase = Erasing records that have had their time
