# The groups in which open cases are worked. A line that starts with # is a note.
queue-groups = Groups of cases
queue-waiting = Waiting for us
queue-silent = The client is silent
queue-with-client = Waiting for the client
queue-is-waiting = The earliest deadline comes first.
queue-is-silent = They have had something to do for more than two weeks. Please ring them.
queue-is-with-client = They have a question to answer or a time to pick.
queue-oldest = The oldest: { $age }.
queue-give = Give to somebody
queue-give-about = Give to somebody: { $reference }
queue-give-to = Supervisor
queue-give-yes = Give
