# The accessibility statement and the privacy page. What only the university can say is sample text.

sample-text = This is sample text. The university must check and change it before real people use this site.

access-title = Accessibility statement
access-intro = This statement is about this booking site. We want as many people as possible to be able to use it.
access-can-title = What you should be able to do
access-can-1 = Make the text four times as large without anything falling off the screen.
access-can-2 = Use all of the site with a keyboard alone, or with a screen reader.
access-can-3 = Use all of the site on an old phone, and with JavaScript turned off.
access-can-4 = Pick light or dark colours, or your own, in your phone or computer.
access-limits-title = How accessible this site is
access-limits = Sample: we know of no part that is not accessible. Nobody outside the team has tested it yet.
access-contact-title = If you need something in another way
access-contact = Ring us. We can read the pages to you, fill in the forms with you, or send you the words in large print, easy read, audio or braille.
access-report-title = Tell us about a problem
access-report = If something on this site is hard for you to use, please ring us. We want to fix it.
access-enforce-title = If you are not happy with our answer
access-enforce = The Equality and Human Rights Commission (EHRC) makes sure that the Public Sector Bodies (Websites and Mobile Applications) (No. 2) Accessibility Regulations 2018 are kept. If you are not happy with how we answer you, ask the Equality Advisory and Support Service (EASS).
access-technical-title = Technical information about this site's accessibility
access-technical = Sample: the university is committed to making this site accessible, as the Public Sector Bodies (Websites and Mobile Applications) (No. 2) Accessibility Regulations 2018 ask.
access-compliance-title = Compliance status
access-compliance = Sample: this site has not yet been checked by an outside expert. It is built to meet the Web Content Accessibility Guidelines version 2.2, level AA.
access-non-title = Content that is not accessible
access-non = Sample: none that we know of. This part must list what an outside check finds, with the rule each one breaks.
access-doing-title = What we are doing to improve accessibility
access-doing = Each change to the site is tested by machine against these guidelines, by keyboard and with JavaScript turned off. People who use screen readers still have to test it.
access-prepared-title = When this statement was made
access-prepared = Sample: this statement has no date yet. The day it was made, the day it was last looked at and the day of the last test go here.

privacy-title = Privacy
privacy-intro = We ask only what we need to help you. We do not sell what you tell us, and this site has no adverts and no tracking.
privacy-ask-title = What we ask, and why
privacy-ask-1 = A few questions about what you need, to see if it is urgent and if we are the right people.
privacy-ask-2 = Your name and one way to reach you, to tell you about your appointment.
privacy-ask-3 = The first part of your postcode, to see which areas we help.
privacy-see-title = Who can see it
privacy-see = Only the people of the clinic you come to. Other clinics can't see it. Students see what they need to help you.
privacy-contact-title = How we contact you
privacy-contact = Only in the ways you say are safe. Our emails do not say which clinic it is, or what it is about.
privacy-keep-title = How long we keep it
privacy-keep-1 = Answers that you do not send: up to 24 hours.
privacy-keep-2 = Answers that led to "get help now": we do not keep them. If you ask for a call, we keep your name and number for that.
privacy-keep-3 = Sample: how long each clinic keeps its records goes here.
privacy-device-title = What stays on your phone or computer
privacy-device = One cookie, so that your answers are not lost between pages. Press "Clear my answers" to remove them. Your browser may still remember that you were here.
privacy-rights-title = Your rights
privacy-rights = Sample: who answers for your data, how to ask for a copy, how to have it changed or removed, and how to complain to the Information Commissioner's Office go here. Until then, ring us.
