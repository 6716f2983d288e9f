# "Exit this page": how to leave quickly.

exit-keys = or press Shift 3 times
exit-two-more = Press Shift 2 more times to leave this page.
exit-one-more = Press Shift 1 more time to leave this page.
exit-going = Leaving this page.

leaving-title = How to leave quickly
leaving-lead = Is somebody near you who should not see this? You can leave at any time.
leaving-button = Press "Exit this page" at the top. It takes you to a weather page at once.
leaving-keys = On a computer, you can press the Shift key 3 times.
leaving-clear = If you have time, press "Clear my answers" at the foot of the page first.
leaving-history-title = It does not clear your history
leaving-history = Somebody who looks at this phone or computer later may still see that you were here.
leaving-private = You can delete the history in your browser, or use a private window. A library or a friend's phone may be safer.
