# The waiting list. Reading age 9 to 11.

# --- Which times would do ---

wait-title = Tell us which times would do
wait-lead = When a time like that comes free, we offer it to you. Tick only what matters to you.
wait-none-is-any = Tick none if any would do.
wait-days = Which days?
wait-parts = What time of day?
wait-modes = How could we meet?
wait-any = Any time
wait-times = Times that would do
wait-day-1 = Monday
wait-day-2 = Tuesday
wait-day-3 = Wednesday
wait-day-4 = Thursday
wait-day-5 = Friday
wait-day-6 = Saturday
wait-day-7 = Sunday
wait-part-morning = Morning
wait-part-afternoon = Afternoon, from 12 to 5
wait-part-evening = Evening, from 5 on

# --- The page behind the link ---

my-place-title = Your place on the waiting list
my-place-waiting = We have no time for you yet
my-place-by-mail = We will write to you when a time comes free.
my-place-by-phone = We will ring you when a time comes free.
my-place-by-neither = You told us that it is not safe to write or ring. Please ring us now and then and say your reference.
my-place-times = You said that these times would do:
my-place-offer = A time has come free
my-place-when = { $when } (UK time), { $way }
my-place-until = We keep it for you until { $time } (UK time). After that we offer it to somebody else.
my-place-accept = Yes, I will take it
my-place-decline = No, thank you
my-place-decline-means = If you say no, you stay on the list.
my-place-gone = We do not keep that time any more. You are still on the list.
my-place-elsewhere = You have another appointment at that time, so we could not book this one too.
my-place-leave = Leave the waiting list
my-place-leave-text = We will not look for a time for you any more.
my-place-leave-yes = Yes, take me off the list
my-place-left = You are off the list
my-place-left-text = We do not look for a time for you any more.
my-place-ended = We found no time for you
my-place-ended-text = We are sorry. No time came free that would have helped you. Please ring us: we may know who else can help.
my-place-others = See our other clinics
my-place-ring = You can also ring us. Say your reference.

# --- The staff's pages ---

waiting-heading = Waiting for a time
waiting-lead = The order is: the nearest deadline, then need, then the longest wait. A free time is offered by itself.
waiting-col-service = Waits for
waiting-col-times = Times that would do
waiting-col-helps = Helps until
waiting-col-since = Waits
waiting-col-offer = Offer
waiting-always = No deadline
waiting-nearly-over = Soon too late
waiting-no-offer = None yet
waiting-offer-open = { $when }, kept until { $until }
waiting-title = Waiting list: { $reference }
waiting-back = Back to requests
waiting-state-waiting = Waits
waiting-state-booked = Booked
waiting-state-left = Left the list
waiting-state-ended = Ended without a time
waiting-turn = { $turn } of those who wait for this
waiting-field-turn = Turn
waiting-offers = Times we offered
waiting-offers-none = No time was offered yet.
waiting-offer-is-open = waits for an answer
waiting-offer-is-accepted = said yes
waiting-offer-is-declined = said no
waiting-offer-is-expired = did not answer
waiting-offer-is-withdrawn = taken back
waiting-out-of-turn = Out of turn: { $reason }
waiting-skips = Times that went to somebody else first
waiting-skips-none = Nobody was asked before them.
waiting-skip-other-times = Not a time that would do
waiting-skip-does-not-fit = It had not what they need
waiting-skip-too-late = Too late to help
waiting-skip-has-offer = They were asked about another time
waiting-skip-refused = They said no to it, or did not answer
waiting-skip-unavailable = They have another appointment then, or it had just gone
waiting-skip-cannot-be-told = It is not safe to write or ring
waiting-skip-out-of-turn = Staff asked somebody else first
waiting-on-phone = They are on the telephone
waiting-accept = They say yes to { $when }
waiting-decline = They say no
waiting-leave = They leave the list
waiting-leave-yes = Yes, take them off the list
waiting-leave-text = Do this only if they asked for it.
waiting-offer-now = Offer a time out of turn
waiting-offer-now-text = Whoever would have come first keeps their turn. Your reason is kept beside the offer.
waiting-offer-time = A free time
waiting-offer-choose = Choose a time
waiting-offer-none = There is no free time just now.
waiting-offer-reason = Why out of turn?
waiting-offer-reason-hint = Say nothing about the person that is not needed.
waiting-offer-send = Keep it and tell them
waiting-wrong-start = Choose a time
waiting-wrong-reason = Write why
waiting-wrong-taken = That time has just gone, or they have another appointment then. Choose another one.
waiting-overtaken = Somebody was quicker
waiting-overtaken-text = We did not do what you asked. This is how it is now.

call-offer = Offer them a time that came free
call-list-ended = Tell them that no time came free

# --- What happened to a place ---

history-joined-list = joined the waiting list
history-offered-time = offered a time
history-offered-out-of-turn = offered a time out of turn
history-accepted-offer = said yes to a time
history-declined-offer = said no to a time
history-left-list = left the waiting list
history-offer-ran-out = ended an offer that nobody answered
history-offer-not-told = ended an offer of which the client never heard
history-offer-withdrawn = took back an offer that cannot take place
history-list-ended = ended the wait: no time can help any more
waiting-offer-untold = It is not safe to write to them or to ring them. They hear of the time only if they ring us while it is kept.
