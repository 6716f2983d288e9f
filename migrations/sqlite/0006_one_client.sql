-- One client is not in two places at once: their other appointments are found by how they can be reached.
CREATE INDEX clients_by_email ON clients (lower(email)) WHERE email IS NOT NULL;
CREATE INDEX clients_by_phone ON clients (phone) WHERE phone IS NOT NULL;
CREATE INDEX appointments_by_client ON appointments (client_id) WHERE client_id IS NOT NULL;
