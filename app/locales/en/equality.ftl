# Some questions about the person, after the form was sent. All of them can be skipped.

equality-title = Some questions about you
equality-sent = We have what you sent. Your reference is on the next page.
equality-lead = You can skip these. They change nothing for you.
equality-why = They help us see if we reach all the people who need us.
equality-apart = We only count the answers. We do not keep them with your name, and no one can see which ones are yours.
equality-send = Send these answers
equality-skip = Skip these questions
equality-rather-not = I'd rather not say
equality-not-sure = Not sure

equality-sex = What is your sex?
equality-sex-female = Female
equality-sex-male = Male

equality-ethnicity = What is your ethnic group?
equality-ethnicity-asian = Asian or Asian British
equality-ethnicity-black = Black, Black British, Caribbean or African
equality-ethnicity-mixed = Mixed or more than one ethnic group
equality-ethnicity-white = White
equality-ethnicity-other = Another ethnic group

equality-disability = Do you have an illness or a health problem that lasts a year or more? Does it make daily life harder?
equality-disability-a-lot = Yes, a lot harder
equality-disability-a-little = Yes, a little harder
equality-disability-not-limited = Yes, but it does not make daily life harder
equality-disability-none = No, I have none

equality-income = How much money comes into your home in a year, before tax?
equality-income-under-15000 = Less than £15,000
equality-income-15000-to-24999 = £15,000 to £24,999
equality-income-25000-to-39999 = £25,000 to £39,999
equality-income-40000-or-more = £40,000 or more
