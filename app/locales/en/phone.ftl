# What staff read while they type for a caller. What they read out are the questions themselves, in the same words.

staff-phone = Phone
staff-phone-title = A call
staff-phone-lead = Fill in the form for somebody who rings. It is the same form, with the same rules.
phone-which = Which clinic is the call for?
phone-which-missing = Pick the clinic that the call is for
phone-start = Start a call
phone-start-ends = This ends the call that is open, and forgets what was typed in it.
phone-open = You have a call open: { $clinic }
phone-go-on = Go on with the call
phone-no-clinic = None of your clinics takes calls just now.
phone-how-title = How it works
phone-how-1 = Read each question out as it stands. Do not change the words, and do not guess the answer.
phone-how-2 = If a page says "Please get help now", read it to the caller. You cannot book past it.
phone-how-3 = At the end, read the reference out, slowly. Ask the caller to write it down.
phone-how-4 = End the call. What you typed is forgotten, but what you sent stays.

phone-banner-label = A phone call
phone-banner = You are typing for a caller
phone-banner-apart = { $name }, your name is kept with what you send. This form is apart from anything you did on this site for yourself.
phone-end = End this call

phone-read = Read this out
phone-read-answers = You can say:
phone-read-answers-many = You can say one or more of these:
phone-tell-stop = Tell the caller, slowly: "You need help now." Read out what to do and the number. If they can't ring, ask where they are and ring 999 for them.
phone-tell-consent = Ask first: "Can we keep your name and number, so that a person can call you?" Only tick the box if they say yes.
phone-tell-out = Tell the caller who can help, and read the numbers out. Ask if they want to write them down.
phone-tell-request = Tell the caller: "A person needs to look at this first." Then go on.
phone-tell-details = Ask for each of these. A phone number is enough: nobody needs an email address.
phone-tell-check = Read this to the caller, and ask if it is right, before you press the button.
phone-tell-done = Read the reference to the caller, letter by letter. Ask them to read it back.
phone-tell-equality = Read this to the caller. If they do not want to answer, skip it.
phone-told = You have told the caller. Nobody needs to ring them.
