// An afternoon of the nutrition clinic: it is open all day and every day, and some people come today.
import { expect, type APIRequestContext } from '@playwright/test';
import { clearAnswers } from './journey';
import { change } from './own';

/** Somebody who comes today. */
export interface Client {
  name: string;
  email: string;
  /** As staff see it, such as `ABCD-EFGH`. */
  reference: string;
}

/** Opens the clinic around the clock, without notice, and clears what the sample set-up has planned for it. */
export async function openAllDay(database: string): Promise<void> {
  await change(
    database,
    `
import datetime, uuid
clinic = "nutrition"
there = db.execute("SELECT DISTINCT s.resource_id, s.part FROM window_staff s JOIN windows w ON w.id = s.window_id WHERE w.clinic_id = ?", (clinic,)).fetchall()
db.execute("DELETE FROM window_staff WHERE window_id IN (SELECT id FROM windows WHERE clinic_id = ?)", (clinic,))
db.execute("DELETE FROM windows WHERE clinic_id = ?", (clinic,))
for weekday in range(1, 8):
    window = uuid.uuid4().bytes
    db.execute("INSERT INTO windows (id, clinic_id, weekday, from_date, start_minute, end_minute) VALUES (?, ?, ?, '2020-01-01', 0, 1440)", (window, clinic, weekday))
    db.executemany("INSERT INTO window_staff (window_id, resource_id, part) VALUES (?, ?, ?)", [(window, *one) for one in there])
db.execute("DELETE FROM calendar_dates WHERE kind <> 'term'")
far = datetime.date.today() + datetime.timedelta(days=120)
db.execute("UPDATE calendar_dates SET from_date = '2020-01-01', until_date = ?", (far.isoformat(),))
db.execute("UPDATE services SET notice_minutes = 0 WHERE clinic_id = ?", (clinic,))
mine = "SELECT id FROM meetings WHERE clinic_id = 'nutrition' AND ends_at > CAST(strftime('%s', 'now') AS INTEGER) - 86400"
db.execute(f"UPDATE allocations SET active = 0 WHERE meeting_id IN ({mine})")
db.execute(f"UPDATE appointments SET state = 'cancelled' WHERE meeting_id IN ({mine})")
db.execute(f"UPDATE meetings SET active = 0 WHERE id IN ({mine})")
`,
  );
}

/** Books the first free time, for somebody who gave their email address. */
export async function book(request: APIRequestContext, name: string, email: string, mode: string): Promise<Client> {
  const answers = await clearAnswers(request, 'nutrition');
  const triage = await (await request.post('/api/v1/clinics/nutrition/triage', { data: { answers } })).json();
  const query = new URLSearchParams({ triage: triage.triage, mode });
  const { slots } = await (await request.get(`/api/v1/services/nutrition-first/slots?${query}`)).json();
  const client = { name, email, safe_to_email: true, postcode_area: 'N7' };
  const answer = await request.post('/api/v1/appointments', {
    data: { service: 'nutrition-first', start: slots[0].start, mode, triage: triage.triage, client },
    headers: { 'Idempotency-Key': `book-${email}` },
  });
  expect(answer.status(), await answer.text()).toBe(201);
  return { name, email, reference: grouped((await answer.json()).reference) };
}

/** Asks for a person to look first, by needing an interpreter. */
export async function ask(request: APIRequestContext, name: string, email: string): Promise<Client> {
  const answers = { ...(await clearAnswers(request, 'nutrition')), A5b: 'yes' };
  const triage = await (await request.post('/api/v1/clinics/nutrition/triage', { data: { answers } })).json();
  expect(triage.outcome).toBe('review');
  const client = { name, email, safe_to_email: true, postcode_area: 'N7' };
  const answer = await request.post('/api/v1/requests', {
    data: { clinic: 'nutrition', triage: triage.triage, client },
    headers: { 'Idempotency-Key': `ask-${email}` },
  });
  expect(answer.status(), await answer.text()).toBe(201);
  return { name, email, reference: grouped((await answer.json()).reference) };
}

/** Puts an appointment an hour and a half back, so that it has begun and nobody came. */
export async function beginsEarlier(database: string, { reference }: Client): Promise<void> {
  await change(
    database,
    `
(meeting, start, now), = db.execute("SELECT m.id, m.starts_at, CAST(strftime('%s', 'now') AS INTEGER) FROM meetings m JOIN appointments a ON a.meeting_id = m.id WHERE replace(a.reference, '-', '') = replace(?, '-', '')", given)
back = start - (now - 5400)
db.execute("UPDATE allocations SET busy_from = busy_from - ?, busy_until = busy_until - ? WHERE meeting_id = ?", (back, back, meeting))
db.execute("UPDATE meetings SET starts_at = starts_at - ?, ends_at = ends_at - ? WHERE id = ?", (back, back, meeting))
`,
    reference,
  );
}

function grouped(reference: string): string {
  const letters = reference.replace(/[^A-Z0-9]/g, '');
  return `${letters.slice(0, 4)}-${letters.slice(4)}`;
}
