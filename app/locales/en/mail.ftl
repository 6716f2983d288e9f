# What mails say. Reading age 9 to 11. Shared and borrowed inboxes are read by other people, so
# nothing here names a clinic, a topic, a reason or a member of staff.

# --- Parts that several mails share ---

mail-hello = Hello { $name },
mail-hello-nobody = Hello,
mail-label = Appointment

mail-fact-when = When
mail-fact-new-time = New time
mail-fact-old-time = Old time
mail-fact-was-on = It was on
mail-fact-how = How
mail-fact-place = Place
mail-fact-ask-for = Ask at the front desk for
mail-fact-reference = Your reference
mail-fact-reply-by = We will reply by
mail-fact-kept-until = We keep it for you until

mail-time = { $date }, { $time } (UK time)

mail-how-in-person = In person
mail-how-phone = By phone. We will ring you on the number you gave us.
mail-how-phone-no-number = By phone. We have no number that is safe to ring. Please tell us before the day which number to use.
mail-how-video = By video call. The clinic will tell you how to join.

mail-location-phone = Phone call
mail-location-video = Video call

mail-link-appointment = See, change or cancel your appointment
mail-link-see = See your appointment
mail-link-request = See your request

mail-cannot-come = If you cannot make it, tell us. Someone else can use the time.
mail-help-reply = Do you need help? Reply to this email.
mail-help-phone-only = Do you need help? Ring { $telephone } and tell us your reference.
mail-help-phone-only-hours = Do you need help? Ring { $telephone } ({ $hours }) and tell us your reference.
mail-help-phone = Do you need help? Ring { $telephone } and tell us your reference. Or reply to this email.
mail-help-phone-hours = Do you need help? Ring { $telephone } ({ $hours }) and tell us your reference. Or reply to this email.

# --- The appointment is booked ---

mail-confirmation-subject = Your appointment on { $date }
mail-confirmation-lead = Your appointment is booked.

# --- The time is kept while staff look at it ---

mail-request-received-subject = We are keeping a time for you on { $date }
mail-request-received-lead = We are keeping this time for you. It is not booked yet.
mail-request-received-say-by = We need to check some things first. We aim to tell you by { $date } if it is booked. You do not need to do anything now.
mail-request-received-say = We need to check some things first. Then we will tell you if it is booked. You do not need to do anything now.

# --- A person has to read the request before a time can be chosen ---

mail-in-review-subject = We have your request
mail-in-review-lead = We have your request. A person will read it.
mail-in-review-say = No one reads requests at night or at weekends. If someone is in danger now, ring 999.

# --- The appointment is cancelled ---

mail-cancellation-subject = Your appointment on { $date } is cancelled
mail-cancellation-lead-client = You cancelled this appointment.
mail-cancellation-lead-clinic = We are sorry. We had to cancel this appointment.
mail-cancellation-say-client = You do not need to do anything else. If this is a mistake, tell us.
mail-cancellation-say-clinic = Please do not come at this time. Tell us if you still want an appointment.

# --- The appointment has another time ---

mail-change-subject = Your appointment is now on { $date }
mail-change-lead = Your appointment has a new time.
mail-change-lead-clinic = We are sorry. We had to change the time of your appointment.
mail-change-say = Is the new time no good for you? Please tell us.

# --- A member of staff sets their password ---

mail-staff-invitation-subject = Set your password for { $site }
mail-staff-invitation-lead = You have a staff account for { $site }.
mail-staff-invitation-say = Choose a password to start. You can use this link once. It stops working on { $date } at { $time } (UK time).
mail-staff-invitation-link = Set your password
mail-staff-invitation-unexpected = If you did not expect this email, do not use the link. Reply and tell us.

# --- A member of staff has appointments today ---

mail-staff-day-subject = Your appointments on { $date }
mail-staff-day-lead = Appointments you have today: { $count }.
mail-staff-day-time = { $time } (UK time)
mail-staff-day-entry = { $how } ({ $reference })
mail-staff-day-entry-waits = { $how } ({ $reference }), not confirmed yet
mail-staff-day-phone = by telephone
mail-staff-day-video = by video call
mail-staff-day-no-room = no room yet
mail-staff-day-as-of = This was right at { $time } (UK time). Things can change during the day, so look at the page too.
mail-staff-day-link = See today at the desk
mail-staff-day-off = You can turn this email off on the page “Your account”.

# --- The clinic cannot take it on: the same words whatever the reason ---

mail-turned-down-subject = About what you asked us for
mail-turned-down-lead = We are sorry. We cannot help you with this.
mail-turned-down-say = We cannot take on everything that people ask us for, and we cannot say why in each case. If you chose a time with us, please do not come then. The page below says who else may be able to help.
mail-turned-down-link = See who else can help
# --- A person has read the request and there is an answer: the same words whatever the answer is ---

mail-decision-subject = We have an answer for you
mail-decision-lead = A person has read your request. We have an answer for you.
mail-decision-link = Read it here
mail-decision-say = It says what happens next, and what you can do.

# --- It is near ---

mail-reminder-subject = Reminder: your appointment on { $date }
mail-reminder-lead = Your appointment is soon. Are you coming?
mail-reminder-say = Please tell us. The page below also says what to bring.
mail-reminder-say-far = Please tell us. The page below says how we meet.
mail-reminder-coming = Yes, I am coming
mail-reminder-change = I need another time
mail-reminder-cancel = I cannot come

# --- The person did not come: no blame ---

mail-missed-subject = Your appointment on { $date }
mail-missed-lead = We are sorry we did not see you.
mail-missed-say = We hope you are well. Things come up, and that is fine. If you still want to meet, you can choose another time.
mail-missed-link = See how to choose another time

# --- How was it? ---

mail-feedback-subject = How was your appointment?
mail-feedback-lead = Thank you for coming. How was it?
mail-feedback-say = Please tell us in one minute. We do not ask who you are. We keep your answer apart from your name.
mail-feedback-link = Tell us how it was

# --- A lost link ---

mail-link-subject = The link you asked for
mail-link-lead = Here is the link you asked for.
mail-link-say = If you did not ask for it, you do not need to do anything.

# --- The waiting list ---

mail-on-list-subject = You are on the waiting list
mail-on-list-lead = You are on the waiting list. We will write to you when a time comes free.
mail-on-list-say = When we offer you a time, we keep it for you while you think. You can leave the list at any time.
mail-on-list-link = See your place, or leave the list

mail-offer-subject = A time has come free on { $date }
mail-offer-lead = A time has come free. Would you like it?
mail-offer-say = Please answer before then. After that we offer it to somebody else, and you stay on the list.
mail-offer-link = Say yes or no

mail-offer-ended-subject = About the time we kept for you
mail-offer-ended-lead = We did not hear from you, so we do not keep this time any more.
mail-offer-withdrawn-lead = We are sorry. The clinic cannot meet you at this time any more.
mail-offer-ended-say = You are still on the waiting list. We will write to you when another time comes free.
mail-offer-ended-link = See your place, or leave the list

mail-list-ended-subject = We found no time for you
mail-list-ended-lead = We are sorry. No time came free that would have helped you.
mail-list-ended-say = You are not on the waiting list any more. The page below says how to reach a person.
mail-list-ended-link = See who can help
