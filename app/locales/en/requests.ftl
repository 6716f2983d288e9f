# Cases that a person looks at: the client's own page, then the staff's pages.
# Plain English, reading age 9 to 11. A line that starts with # is a note.

# The client's page. It opens from a mail, so nothing here names a clinic or a topic.
my-request-title = Your request
my-request-in-review = A person is reading it
my-request-waiting = We need to ask you something
my-request-yes = We can see you
my-request-booked = You have an appointment
my-request-no = We can't help with this one
my-request-withdrawn = You took your request back
my-request-late = We said that we would reply by { $date }. We are late, and we are sorry. Please ring us.
my-request-decide-by = We decide by { $date }.
my-request-by-mail = We will email you when there is an answer. It will be on this page too.
my-request-by-phone = We will ring you when there is an answer. It will be on this page too.
my-request-by-neither = We will not email or ring you, because you told us it is not safe. Look at this page again, or ring us and say your reference.
my-request-waiting-text = We can go on when you have answered. This is our question:
my-request-answer = Your answer
my-request-answer-hint = Up to { $most } characters. Please do not add bank or card details.
my-request-send-answer = Send my answer
my-request-yes-text = Please pick a time.
my-request-length =
    { $count ->
        [one] It takes 1 minute.
       *[other] It takes { $count } minutes.
    }
my-request-choose = Pick one time
my-request-book = Book this time
my-request-gone = We are sorry. This time was for you to pick, and it has gone:
my-request-too-late = None of these times is before the date that you told us about. If you need to see us sooner, please ring us.
my-request-no-time = There is no free time left to pick. We are sorry. Press the button below and we will look for another time.
my-request-none-suits-text = Can't come at any of these times? We will look for others.
my-request-none-suits = Ask for other times
my-request-taken-others = Please pick another time below.
my-request-booked-text = Your time is booked. You can see it or cancel it on its own page.
my-request-no-text = We are sorry. We can't take this on. It does not mean that it is not important.
my-request-no-who = These people may be able to help you:
my-request-no-after = If something changes, or if none of them can help, please ring us and say your reference.
my-request-withdrawn-text = We will not do anything more with it. If you change your mind, you can ask us again.
my-request-start-again = Ask us for something else
my-request-withdraw = I don't need this any more
my-request-withdraw-text = If you take your request back, we stop looking at it. You can't undo this.
my-request-withdraw-yes = Yes, take my request back
my-request-withdraw-no = If you press nothing, your request stays as it is.
my-request-changed = Something changed while you were on this page
my-request-changed-text = We did not do what you asked. This is how it is now.
my-request-you-wrote = This is what you wrote:
my-request-ring = Rather talk to somebody?
my-request-ring-text = Ring us and say your reference. We can do all of this with you.
wrong-answer-required = Write an answer before you send it
wrong-answer-too-long = Your answer is too long. Use { $most } characters or fewer.

# The done page of a request
done-email-request = We are sending you an email. It has a link to see your request or take it back.
done-see-request = See your request

# The queue
case-all-clinics = All clinics
case-col-who = Who has it
case-nobody = Nobody yet
case-prepared = Proposal written
case-count-late =
    { $count ->
        [one] 1 is late
       *[other] { $count } are late
    }
case-count-urgent =
    { $count ->
        [one] 1 is urgent
       *[other] { $count } are urgent
    }
case-state-in-review = To be decided
case-state-waiting-for-client = Client has a question to answer
case-state-accepted = Client can pick a time
case-state-offered = Client can pick from offered times
case-state-booked = Booked
case-state-declined = Declined
case-state-withdrawn = Taken back by the client

# One case
case-title = Request { $reference }
case-back = All requests
case-late = The time by which we said we would reply has passed. Please decide now, or ring the client.
case-reasons = Why it is here
case-decision = Decision
case-rulings = Proposals and decisions
case-rulings-none = Nobody has proposed or decided anything yet.
case-pointed-to = They were shown how to reach:
case-promised = Reply by
case-age = Sent
case-check-open = The names are not cleared yet. You can write down what you propose. A supervisor decides when they are cleared.
case-sealed = You see who this is when the names have been cleared. Until then, only the reference is shown.
case-story-sealed = Given. You see it when the names have been cleared.
case-has-it = Who has it: { $name }
case-assign = Save
case-rule = { $rule }: { $effect }
case-effect-stop = stop
case-effect-stop-p1 = stop, urgent
case-effect-out = not for us
case-effect-out-p1 = not for us, urgent
case-effect-review = a person looks at it
case-effect-review-p1 = a person looks at it, urgent
case-effect-book = can be booked
case-effect-notice = shown beside the questions
case-effect-facts = noted
case-from-proposal = Filled in from the proposal by { $name }. Read it, change what you like, then decide.
case-what = What should happen?
case-kind-accept = Accept: the client picks any free time
case-kind-offer = Offer up to 3 times
case-kind-ask = Ask the client for more
case-kind-decline = Decline, and say who can help
case-which-service = Which appointment?
case-extra = Extra time
case-extra-hint = For example, for an interpreter.
case-extra-minutes =
    { $count ->
        [0] None
       *[other] { $count } minutes
    }
case-times-from = Times from this day on
case-show-times = Show free times
case-times = Tick up to 3 times
case-no-times = No time is free from this day on. Try another day or a shorter length.
case-question = Question to the client
case-question-hint = The client reads these words. Use plain English.
case-signposts = Who can help instead?
case-signposts-hint = The client sees each of these with its number and hours.
case-one-no = In this clinic every no is told in the same words, so that nobody can tell why. The client reads that we cannot take it on, and who else may be able to help:
case-reason = Reason, for the record
case-reason-hint = One plain sentence. The client does not see it.
case-decide = Decide and tell the client
case-prepare = Save as a proposal
case-decided-by = { $name } decided: { $what }. { $at }.
case-proposed-by = { $name } proposed: { $what }. { $at }.
case-service = { $service }, { $count } minutes
case-asked-client = Asked the client:
case-client-answered = The client answered:
case-because = Reason:
case-see-appointment = See the appointment
case-overtaken = Somebody else was first
case-overtaken-typed = This is what you wrote. It was not saved:
case-overtaken-then = Nothing that you sent was done. This is how the case stands now.
case-what-to-say = What to say, and what to do for them
case-on-phone = With the client on the phone
case-say-care = Ask for them by name. Do not say what it is about until you know that it is them and that they can talk.
case-say-in-review = Say that a person is looking at it, and by when we reply.
case-say-waiting = Ask them this, and write down what they say.
case-say-yes = Say that we can see them. It takes { $count } minutes. Pick a time with them.
case-say-no = Say that we are sorry and cannot take it on. Read out who can help, with the numbers.
case-wrong-kind = Choose what should happen
case-wrong-service = Choose which appointment
case-wrong-times-none = Tick at least one time
case-wrong-times-many = Tick no more than 3 times
case-wrong-times-gone = One of the times you ticked has gone. Choose again.
case-wrong-question = Write the question to the client
case-wrong-signposts = Tick at least one
case-wrong-reason = Write the reason
case-wrong-too-long = That is too long. Use { $most } characters or fewer.

call-decision = Tell them our answer

# A case's history
history-in-review = sent the request
history-accepted = accepted it
history-offered = offered times
history-asked = asked the client for more
history-declined = declined it
history-prepared = wrote a proposal
history-assigned = said who has it
history-unassigned = said that nobody has it
history-answered = answered the question
history-none-suits = asked for other times
history-withdrawn = took the request back
history-booked = picked a time
history-detail-in-review = that the request is here
history-detail-decision = our answer

# Taking a case back for the client, with them on the telephone
case-withdraw = The client does not need this any more
case-withdraw-text = Ask them to say so once more. Then nobody looks at it any further. This cannot be undone.
case-withdraw-yes = Take the request back for them
case-withdraw-no = If you press nothing, the request stays as it is.
