-- The books of a workshop that repairs musical instruments. docs/ says what the columns mean.

CREATE TABLE cust (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL,
  town TEXT NOT NULL,
  kind TEXT NOT NULL,
  since TEXT NOT NULL,
  referred_by INTEGER REFERENCES cust (id)
);

CREATE TABLE instr (
  id INTEGER PRIMARY KEY,
  cust_id INTEGER NOT NULL REFERENCES cust (id),
  family TEXT NOT NULL,
  kind TEXT NOT NULL,
  maker TEXT,
  built INTEGER,
  worth INTEGER NOT NULL
);

CREATE TABLE hand (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL,
  trade TEXT NOT NULL,
  rate INTEGER NOT NULL,
  joined TEXT NOT NULL,
  gone TEXT
);

CREATE TABLE job (
  id INTEGER PRIMARY KEY,
  instr_id INTEGER NOT NULL REFERENCES instr (id),
  hand_id INTEGER REFERENCES hand (id),
  st TEXT NOT NULL,
  taken TEXT NOT NULL,
  due TEXT NOT NULL,
  back TEXT,
  quote INTEGER NOT NULL,
  paid INTEGER,
  wty INTEGER NOT NULL DEFAULT 0
);

CREATE TABLE stint (
  id INTEGER PRIMARY KEY,
  job_id INTEGER NOT NULL REFERENCES job (id),
  hand_id INTEGER NOT NULL REFERENCES hand (id),
  day INTEGER NOT NULL,
  mins INTEGER NOT NULL,
  kind TEXT NOT NULL
);

CREATE TABLE vendor (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL,
  land TEXT NOT NULL,
  lead INTEGER NOT NULL
);

CREATE TABLE part (
  id INTEGER PRIMARY KEY,
  vendor_id INTEGER NOT NULL REFERENCES vendor (id),
  name TEXT NOT NULL,
  family TEXT,
  pack INTEGER NOT NULL,
  cost INTEGER NOT NULL,
  stock INTEGER NOT NULL,
  low INTEGER NOT NULL
);

CREATE TABLE used (
  job_id INTEGER NOT NULL REFERENCES job (id),
  part_id INTEGER NOT NULL REFERENCES part (id),
  n INTEGER NOT NULL,
  PRIMARY KEY (job_id, part_id)
);
