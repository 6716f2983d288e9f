# How long what clients gave is kept. For whoever runs the installation.

retention-title = How long records are kept
retention-of = How long records are kept: { $clinic }
retention-link = See how long records are kept
retention-lead = When its time is over, a record loses the person: their name, how to reach them, and everything they told us. What is counted in reports stays. This cannot be undone.
retention-never = Nobody loses their record while they have an appointment to come, a request, a place on the waiting list, a call to make or a conflict check.
retention-col-clinic = Clinic
retention-col-years = A client’s record, after the last contact
retention-col-days = What somebody wrote, if we said no or they changed their mind
retention-col-checked = Who checked this, and when
retention-years =
    { $count ->
        [one] 1 year
       *[other] { $count } years
    }
retention-days =
    { $count ->
        [one] 1 day
       *[other] { $count } days
    }
retention-unchecked = not checked yet
retention-rounds = What was erased
retention-looked = We last looked for records that have had their time on { $time }.
retention-looked-never = Nobody has looked for records that have had their time yet. If this stays, the work behind the scenes is not running.
retention-erased-never = Nothing has been erased so far.
retention-erased = { $people ->
        [one] One record was erased on { $time },
       *[other] { $people } records were erased on { $time },
    } { $words ->
        [0] and nothing else.
        [one] and what one person had written.
       *[other] and what { $words } people had written.
    }
retention-audit-title = The record of who did what
retention-audit = It holds no personal data of clients: only what was done, when, by which member of staff, and the number of the record. It is kept.
retention-edit-lead = Ask the university’s records or data protection team what to put here.
retention-field-years = Years to keep a client’s record after the last contact
retention-field-years-hint = A whole number from 1 to 30.
retention-field-days = Days to keep what somebody wrote, if we said no or they changed their mind
retention-field-days-hint = A whole number from 1 to 3650. The usual is 30.
retention-field-by = Who checked this
retention-field-by-hint = Leave this and the date empty if nobody has checked it yet.
retention-field-on = When they checked it
retention-error-both = Fill in both who checked this and when, or neither.
retention-error-future = This date is still to come.
retention-would-nothing = This change erases nothing now.
retention-would = { $people ->
        [0] This change erases no client’s record,
        [one] This change erases one client’s record,
       *[other] This change erases the records of { $people } clients,
    } { $words ->
        [0] and nothing else. It happens tonight or sooner.
        [one] and what one person wrote. It happens tonight or sooner.
       *[other] and what { $words } people wrote. It happens tonight or sooner.
    }
retention-sure = What is erased cannot be brought back. Save only if you are sure.
retention-save-erase = Save, and erase these
retention-again = There is more to erase than you were shown. Look again before you save.
history-retention-changed = changed how long records are kept
