# What is wrong with an answer or a field, and what to do. The same words stand in the summary and beside the field.

answer-missing = Give an answer to go on
answer-missing-radio = Pick one of the answers
answer-missing-checks = Tick what is true, or tick the last one
answer-missing-date = Write the date, or pick one of the answers
answer-missing-text = Write something to go on
answer-wrong-type = Pick one of the answers
answer-not-an-option = Pick one of the answers on this page
answer-only-one = Type an answer or tick the box, but not both
answer-none-and-others = Tick what is true, or "None of these", but not both
answer-too-long = Write { $most } letters or fewer
answer-too-many = Write { $most } names or fewer
answer-bad-date = Write a real date in numbers, like 27 3 2027
answer-unknown-question = This question has changed. Go back and start again

wrong-required = Fill this in
wrong-too-long = Write { $most } letters or fewer
wrong-control-characters = Write this on one line, with letters, numbers and signs only
wrong-no-letters = Write it with at least one letter
wrong-invalid-email = Write an email address like name@example.com
wrong-invalid-phone = Write a phone number like 020 7946 0000, or start with + and the country code
wrong-invalid-postcode = Write the first part of your postcode, like N7 or E1W
wrong-contact-needed = Tick email or phone, and write the address or number
wrong-name-required = Write your name
wrong-name-no-letters = Write your name with at least one letter
wrong-name-too-long = Write { $most } letters or fewer for your name
wrong-email-required = Write your email address, or untick email
wrong-phone-required = Write your phone number, or untick phone
wrong-phone-contact-needed = Write the phone number we should call
wrong-by-email-required = Tick at least one way to contact you
wrong-safe-to-email-required = Say if it is safe to email you
wrong-safe-to-call-required = Say if it is safe to call you
wrong-leave-message-required = Say if we can leave a message
wrong-postcode-required = Write the first part of your postcode, or tick that you have no fixed home
wrong-consent-required = Tick the box if you want us to keep your name and number and call you

wrong-service-not-offered = Your answers do not lead to that service. Pick one of these times
wrong-start-required = Pick one of the times
wrong-mode-required = Pick how you want to meet
wrong-mode-not-here = This time is not free in that way. Pick another way to meet, or another time

check-changed-elsewhere = Something changed in another tab or window. Please look again before you press the button.

stop-general = If anyone is in danger, or you need help right now, ring one of these. You do not have to say what you wrote here.

request-within-days = { $days ->
    [one] within one working day
   *[other] within { $days } working days
}
