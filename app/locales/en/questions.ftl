# What staff read where they look at question sets, change them and publish them. A line that starts with # is a note.

questions-title = Questions
questions-lead = What each clinic asks, and what follows from the answers.
questions-none = There is no set of questions for your clinics yet.
questions-all-sets = All sets
questions-back = Back to: { $set }
questions-shared = Questions that all clinics ask first
questions-signposts = Signposts: who else can help
questions-set-title = Questions: { $set }
questions-shared-mark = All clinics ask this
questions-nothing = nothing
questions-none-ticked = Nothing ticked yet: show the list
questions-in-force = In force
questions-by-program = Came with the program
questions-version = Version { $number }, { $since }, { $by }
questions-news = There is a new sample text. See what is different.
questions-no-draft = No draft
questions-draft-of = Draft saved { $saved } by { $by }
questions-unchecked =
    { $count ->
        [one] 1 rule or signpost here is not yet checked by anybody.
       *[other] { $count } rules or signposts here are not yet checked by anybody.
    }
questions-not-checked = Not yet checked
questions-checked = Checked { $on } by { $by }
questions-change = Change { $id }
questions-and-elsewhere = The clinic’s list of other places is shown too.

questions-col-set = Set
questions-col-in-force = In force
questions-col-draft = Draft
questions-col-about = What
questions-col-part = Part
questions-col-was = Was
questions-col-now = Now
questions-col-from = Before
questions-col-to = With the draft
questions-col-cases = How many
questions-col-because = Why
questions-col-version = Version
questions-col-published = Published
questions-col-by = Who
questions-col-note = Note

# Outcomes
questions-outcome-stop = Stop: get help now
questions-outcome-out = Not us: here is who
questions-outcome-review = A person looks first
questions-outcome-book = Book a time
questions-outcome-notice = Show a note and go on
questions-outcome-facts = Only note a fact
questions-urgent = { $outcome }, within one working day

# Kinds of question, and what is special about one
questions-kind-radio = Choose one
questions-kind-checks = Choose any
questions-kind-date = A date
questions-kind-text = One line of text
questions-kind-long = Several lines of text
questions-kind-names = Names
questions-mark-safety = asked before anybody is told “not us”
questions-mark-before-out = asked even of people who are told “not us”
questions-mark-optional = may be left empty
questions-mark-sealed = nobody reads it before the names are cleared
questions-mark-names = names for the conflict check
questions-mark-not-sure-goes-on = “Not sure” may go on

# Conditions in words
questions-and = { $first } and { $second }
questions-or = { $first } or { $second }
questions-if-of = in { $question }: { $test }
questions-if-is = the answer is { $options }
questions-if-some = anything is chosen but “None of these”, or anything is typed
questions-if-answered = there is any answer
questions-if-number = the number is { $range }
questions-if-days-away = the date is { $range } days away (less than 0: it has passed)
questions-if-days-left = the time limit is { $range } days away (less than 0: it has passed)
questions-if-outside-term = the date is outside the terms
questions-if-contains = the text has { $words } in it
questions-range-at-least = { $number } or more
questions-range-at-most = { $number } or less
questions-range-more-than = more than { $number }
questions-range-less-than = less than { $number }
questions-only-if = { $condition }; only where the setting { $setting } is on (now: { $now })
questions-unless = { $condition }; only where the setting { $setting } is off (now: { $now })
questions-limit-days =
    { $days ->
        [one] 1 day after the date
       *[other] { $days } days after the date
    }
questions-limit-months =
    { $months ->
        [one] 1 month after the date
       *[other] { $months } months after the date
    }
questions-limit-tribunal = three months less a day after the date (work)
questions-limit-if = { $limit }, if { $condition }
questions-on = on
questions-off = off

# Editing
questions-edit-title = { $title }: { $set }
questions-edit-question = Change question { $id }
questions-edit-signpost = Change signpost { $id }
questions-edit-settings = Change the settings
questions-edit-file = Change the whole text
questions-edit-lead = This saves a draft. People who use the site see nothing of it before somebody publishes it.
questions-save = Save to the draft
questions-cancel = Leave without saving
questions-group-question = The question
questions-group-rule = Rule { $id }
questions-group-new-rule = Add a rule
questions-new-rule-note = Leave this empty if you do not need one more rule. Nobody has checked a new rule: it says so until a professional has.
questions-field-new-id = A short name for the rule
questions-field-new-id-hint = Small letters, figures and dashes, such as { $id }-urgent.
questions-field-new-signposts-hint = Tick everybody who can help with this.
questions-field-is = It is true for these answers
questions-field-is-of = It is true for these answers to { $id }
questions-field-is-hint = Remember “Not sure”: it counts as the safer answer.
questions-field-ask = They can still ask a person to look at it
questions-field-best = Which of them is the best?
questions-field-remove = Take this rule away
questions-elsewhere-note = Shown when the clinic is not the right place.
questions-no-elsewhere = Tick at least one place.
questions-no-answer-ticked = Tick at least one answer, or take the rule away.
questions-wrong-id = Use small letters, figures and dashes for the name of the new rule.
questions-id-taken = Another rule has this name already. Type another.
questions-no-text = Write what the person is told.
questions-no-outcome = Choose what follows from the new rule.
questions-no-condition = Say for which answers the new rule is true.
questions-field-optional = You can leave this empty.
questions-field-text = What we ask
questions-field-hint = A line of help
questions-field-why = Why we ask
questions-field-option = Words for the answer “{ $value }”
questions-field-limit-days = Time limit: days after the date
questions-field-limit-months = Time limit: months after the date
questions-field-rule-text = What the person is told
questions-field-rule-text-hint = Short words and short sentences. The code {"{"}limit{"}"} becomes the date of the time limit.
questions-field-outcome = What follows
questions-field-p1 = Staff look within one working day
questions-field-at-number = The number is { $bound }
questions-field-at-days-away = Days to the date: { $bound }
questions-field-at-days-left = Days to the time limit: { $bound }
questions-bound-at-least = this or more
questions-bound-at-most = this or less
questions-bound-more-than = more than this
questions-bound-less-than = less than this
questions-field-signposts = Who can help
questions-field-signposts-hint = The best one comes first. Those you add come last.
questions-field-elsewhere = Show the clinic’s list of other places too
questions-field-checked-on = Checked on
questions-field-checked-on-hint = The day a professional checked this, such as 2026-12-01. If you change what was checked and leave this as it is, it goes back to “not yet checked”.
questions-field-checked-by = Checked by
questions-field-checked-by-hint = Their name. Until then: not yet checked.
questions-field-name = Name
questions-field-telephone = Telephone
questions-field-telephone-hint = As people should see it.
questions-field-rings = People can ring this number (it is not only for texts)
questions-field-url = Web page
questions-field-hours = Hours
questions-field-hours-hint = When somebody answers. Leave it empty if nobody has checked.
questions-field-use = What it is for
questions-field-file = The whole text
questions-field-file-hint = How it is written is explained at the head of the text that all clinics share.
questions-settings = Settings
questions-settings-note = Several rules look at these. A change here changes all of them.
questions-setting-shared = For all clinics: { $value }. Leave it empty to use that.
questions-as-shared = As for all clinics
questions-not-a-number = Type a whole number, such as 7.
questions-not-toml = Line { $line } cannot be read: { $problem }. Nothing is saved yet. Your text is below.
questions-wrong-clinic = { $file }: the clinic has to be “{ $clinic }”, as in the name of the file
questions-conflict-title = Somebody else was quicker
questions-conflict = { $by } saved the draft at { $saved }, while you were typing. Nothing of yours is saved yet. What you typed is below. If you save now, it takes the place of theirs on this page.
questions-conflict-published = Somebody published or ended the draft while you were typing. Nothing of yours is saved yet. What you typed is below. If you save now, it goes into a new draft.
questions-conflict-see = See the draft as it is now

# The draft
questions-draft-title = Draft: { $set }
questions-draft-lead = Nobody sees it before it is published.
questions-overtaken = A newer version came into force after this draft was begun. Look with care at what is different.
questions-findings = What the checker says
questions-clean = The checker has found nothing
questions-broken =
    { $count ->
        [one] The checker has found 1 thing to put right.
       *[other] The checker has found { $count } things to put right.
    }
questions-difference = What is different
questions-no-words = The draft cannot be read as questions yet, so the difference is only shown line by line.
questions-no-changes = No question, rule, setting or signpost is different.
questions-lines = Line by line
questions-about-question = Question { $id }
questions-about-rule = Rule { $id }
questions-about-setting = Setting { $id }
questions-about-signpost = Signpost { $id }
questions-about-elsewhere = Other places
questions-about-order = Order of asking
questions-part-new = new
questions-part-gone = gone
questions-part-text = What we ask
questions-part-hint = Line of help
questions-part-why = Why we ask
questions-part-options = Answers
questions-part-asked-if = Asked if
questions-part-limits = Time limits
questions-part-kind = Kind
questions-part-marks = Special
questions-part-most = Most letters
questions-part-facts = Facts
questions-part-told = What people are told
questions-part-outcome = What follows
questions-part-when = When
questions-part-question = Question
questions-part-signposts = Who can help
questions-part-elsewhere = Other places
questions-part-follow-up = Also offered
questions-part-checked = Checked
questions-part-value = Value
questions-reading = How hard the words are
questions-reading-lead = The years of school that a reader needs, by two formulas: Flesch-Kincaid and SMOG. Lower is easier. The aim is a grade of 6 or less. SMOG counts the long words and always comes out higher: the aim is 9 or less.
questions-col-grade-in-force = Grade in force
questions-col-grade-draft = Grade of the draft
questions-col-smog-in-force = SMOG in force
questions-col-smog-draft = SMOG of the draft
questions-replay = What past answers would come to
questions-replay-lead = The answers of people who came before, without their names and without anything they typed, run through the version in force and through the draft. Each counts as of its own day. Counts from 1 to 4 are not told, so that nobody can be found in them.
questions-replay-cases = Past answers: { $cases }
questions-replay-changed = With another outcome, or more or less urgent: { $cases }
questions-replay-told-otherwise = With the same outcome, and told something else: { $cases }
questions-replay-asked-more = Would be asked something more: { $cases }
questions-replay-limited = There are more. Only the last 2,000 are used.
questions-replay-why = Which rules make the change
questions-no-replay = The draft cannot be read as questions yet, so nothing can be run through it.
questions-under-5 = Under 5
questions-because-new = Rule { $rule } now leads to: { $outcome }
questions-because-gone = Rule { $rule } no longer leads to: { $outcome }
questions-because-unknown = No rule of its own: the answers no longer fit the questions
questions-rule-of-a-clinic = of a clinic’s own
questions-publish-title = Publish
questions-publish-lead = From then on everybody is asked these questions. It is published under your name. Results that people already have stay as they are.
questions-mend-first = Put right what the checker has found. Then it can be published.
questions-note = What you changed, and why
questions-note-hint = Staff can read this later.
questions-note-missing = Write what you changed and why, in 500 letters or less.
questions-read = I have read what is different and what past answers would come to
questions-read-missing = Read what is different and what past answers would come to. Then tick the box.
questions-moved = Somebody changed or published something after you opened this page. Look again: this is the draft as it is now.
questions-publish = Publish
questions-go-on = Or go on working
questions-discard = Throw the draft away

# Versions
questions-versions-title = Versions: { $set }
questions-versions-lead = Every version that was ever in force, and every sample text that came with the program.
questions-version-title = Version { $number }: { $set }
questions-published = Published { $at }. { $by }
questions-compare = Beside the version in force
questions-compare-lead = “Was” is the version in force. “Now” is this one.
questions-is-in-force = This version is in force.
questions-take = Make this text the draft

# What asks less than before
questions-softer = What is softer than before
questions-softer-sign = This version asks less than the one in force. Read each line. If you publish it, you answer for it with your name.
questions-softer-supervisor = This version asks less than the one in force. A supervisor has to read it and publish it.
questions-softer-outcome = Rule { $rule } is softer. It was: { $was }. It is now: { $now }.
questions-softer-gone = Rule { $rule } is gone. It was: { $was }.
questions-softer-off = Rule { $rule } is switched off by a setting. It was: { $was }.
questions-softer-when = Rule { $rule } ({ $outcome }) may hold for fewer people. It held when { $was }. It now holds when { $now }.
questions-softer-asked = Question { $id } may be asked of fewer people, or later, or may be left empty.
questions-softer-question-gone = Question { $id } is gone.
questions-softer-sets = Rule { $rule } notes less, or something else. It noted: { $was }. It now notes: { $now }.
questions-softer-option = The answer “{ $answer }” to question { $id } notes less, or something else. It noted: { $was }. It now notes: { $now }.
questions-softer-nothing = nothing
questions-softer-follow-up = Rule { $rule } no longer offers this as well: { $was }.
questions-softer-signposts = Rule { $rule } no longer says that these can help: { $names }.
questions-softer-limits = The time limits of question { $id } may come later. They were: { $was }. They are now: { $now }.
questions-softer-days = Setting { $setting } leaves fewer days before a time limit. It was: { $was }. It is now: { $now }.
