# The page on which a clinic changes what its messages say.

words-title = What our messages say
words-link = Change what messages say
words-lead = A clinic can say some things in its own words. Who, when and where stay as they are, and so do all links.
words-back = All messages of this clinic
words-own = Our own words
words-ours = The usual words
words-col-whose = Whose words

words-kind-confirmation = It is booked
words-kind-request-received = We keep a time
words-kind-in-review = We have the request
words-kind-decision = There is an answer
words-kind-reminder = Reminder
words-kind-change = Another time
words-kind-cancellation = It is cancelled
words-kind-missed = They did not come
words-kind-feedback = How was it?
words-kind-on-list = They are on the waiting list
words-kind-offer = A time has come free
words-kind-offer-ended = The offered time is gone

words-part-subject = Subject line
words-part-lead = First sentence
words-part-say = What follows
words-part-say-by = What follows, with the day we name
words-part-lead-clinic = First sentence, if the clinic did it
words-part-say-clinic = What follows, if the clinic did it
words-part-lead-client = First sentence, if they did it
words-part-say-client = What follows, if they did it

words-rules = Other people may read these messages. Do not say what the meeting is about, who is met or which clinic it is. Short sentences are best.
words-hint = The usual words: { $ours } Leave it empty to use them.
words-values = Write { $values } where it belongs.
words-look = Look at it first
words-save = Save these words
words-look-title = How it would look
words-look-text = Nothing is saved yet. The person in it is made up.
words-overtaken = Somebody else has changed these words
words-overtaken-text = This is how they are now. Yours are still below and are not saved. Save again to use yours.

words-wrong-long = Write { $most } letters or fewer.
words-wrong-unknown = Take out { $what }. It is not known in this message.
words-wrong-missing = Put { $what } back in. People need it.
words-wrong-address = Take out the web or email address. We put in the links.
words-wrong-telling = Take out the word “{ $what }”. It says what the meeting is about.

history-words-changed = changed the words of a message
audit-subject-message-words = Message
