extension Schema {
  /// Kinds 12 to 16 of audit entries: restrictions, what was opened with a reason, appointments that were
  /// forgotten.
  ///
  /// SQLite cannot change a CHECK, so the table is copied, row by row in its order.
  static let restrictions = """
    CREATE TABLE audit_of_16_kinds (
      format INTEGER NOT NULL CHECK (format = 1),
      kind INTEGER NOT NULL CHECK (kind BETWEEN 1 AND 16),
      recorded INTEGER NOT NULL CHECK (recorded BETWEEN 0 AND 253402300799999),
      actor INTEGER NOT NULL REFERENCES name (number),
      workstation INTEGER NOT NULL REFERENCES name (number),
      person INTEGER REFERENCES name (number),
      facts INTEGER NOT NULL CHECK (facts >= 0),
      body TEXT NOT NULL CHECK (length(body) <= 4096 AND json_valid(body)),
      seal BLOB NOT NULL CHECK (length(seal) = 32)
    ) STRICT;
    INSERT INTO audit_of_16_kinds (
      rowid, format, kind, recorded, actor, workstation, person, facts, body, seal)
      SELECT rowid, format, kind, recorded, actor, workstation, person, facts, body, seal
      FROM audit ORDER BY rowid;
    DROP TABLE audit;
    ALTER TABLE audit_of_16_kinds RENAME TO audit;

    CREATE INDEX audit_people ON audit (kind) WHERE kind <= 4;
    CREATE INDEX audit_person ON audit (person) WHERE person IS NOT NULL;
    CREATE INDEX audit_configuration ON audit (kind) WHERE kind = 10;
    CREATE INDEX audit_restriction ON audit (kind) WHERE kind > 11 AND kind < 16;

    CREATE TRIGGER audit_is_not_edited BEFORE UPDATE ON audit
      BEGIN SELECT RAISE(ABORT, 'audit entries are never edited'); END;
    CREATE TRIGGER audit_is_not_deleted BEFORE DELETE ON audit
      BEGIN SELECT RAISE(ABORT, 'audit entries are never deleted'); END;
    CREATE TRIGGER audit_is_appended BEFORE INSERT ON audit
      WHEN NEW.rowid <> (SELECT coalesce(max(rowid), 0) + 1 FROM audit)
      BEGIN SELECT RAISE(ABORT, 'audit entries are only appended'); END;
    """
}
