extension SchemaParts {
  /// Every part of the schema that guards the record, as `part` and `text`.
  ///
  /// Whatever is in the schema is listed, so that a thing of another's is found too: a table, a view, a
  /// rule, an overloaded function, a right of a column. Members with rights beyond their role are listed as
  /// far as the login may see the members.
  static let query = """
    WITH ours AS (SELECT oid FROM pg_namespace WHERE nspname = 'chairtime'),
      relation AS (
        SELECT c.* FROM pg_class c JOIN ours ON c.relnamespace = ours.oid),
      holder AS (
        SELECT 0::oid AS oid, 'everybody' AS name UNION ALL SELECT oid, rolname::text FROM pg_roles)
    SELECT 'schema of the record' AS part, pg_get_userbyid(nspowner)::text AS text
      FROM pg_namespace WHERE nspname = 'chairtime'
    UNION ALL
    SELECT CASE relkind WHEN 'r' THEN 'table ' WHEN 'v' THEN 'view ' WHEN 'm' THEN 'view '
        WHEN 'S' THEN 'sequence ' ELSE 'relation ' END || relname,
      pg_get_userbyid(relowner) || CASE relpersistence WHEN 'p' THEN ', logged' ELSE ', unlogged' END
      FROM relation WHERE relkind NOT IN ('i', 't', 'I')
    UNION ALL
    SELECT 'row-level security of ' || relname,
      CASE WHEN relforcerowsecurity THEN 'on, for the owner too' ELSE 'on' END
      FROM relation WHERE relrowsecurity
    UNION ALL
    SELECT 'descendant ' || inhrelid::regclass || ' of ' || relname, 'inherits'
      FROM pg_inherits JOIN relation ON relation.oid = inhparent
    UNION ALL
    SELECT 'column ' || attname || ' of ' || relname,
      format_type(atttypid, atttypmod) || CASE WHEN attnotnull THEN ', not null' ELSE '' END
        || coalesce(', collation ' || (SELECT collname FROM pg_collation
          WHERE oid = attcollation AND collname <> 'default'), '')
        || CASE WHEN attstattarget = 0 THEN ', no statistics' ELSE '' END
        || CASE WHEN attidentity <> '' OR attgenerated <> '' THEN ', generated' ELSE '' END
        || CASE WHEN atthasdef THEN ', with default := ' || (SELECT pg_get_expr(adbin, adrelid)
          FROM pg_attrdef WHERE adrelid = attrelid AND adnum = attnum) ELSE '' END
      FROM pg_attribute JOIN relation ON relation.oid = attrelid
      WHERE relkind IN ('r', 'v', 'm', 'f', 'p') AND attnum > 0 AND NOT attisdropped
    UNION ALL
    SELECT 'constraint ' || conname || ' of ' || relname,
      contype::text || CASE WHEN convalidated THEN '' ELSE ', not validated' END
        || CASE WHEN EXISTS (SELECT 1 FROM pg_trigger WHERE tgconstraint = c.oid AND tgisinternal
          AND tgenabled <> 'O') THEN ', switched off' ELSE '' END
        || ' := ' || pg_get_constraintdef(c.oid)
      FROM pg_constraint c JOIN relation ON relation.oid = conrelid WHERE contype NOT IN ('n', 't')
    UNION ALL
    SELECT 'index ' || i.relname,
      CASE WHEN indisunique THEN 'unique' ELSE 'plain' END
        || CASE WHEN indisvalid AND indisready THEN '' ELSE ', not valid' END
        || ' := ' || pg_get_indexdef(indexrelid)
      FROM pg_index JOIN relation t ON t.oid = indrelid JOIN pg_class i ON i.oid = indexrelid
      WHERE t.relkind IN ('r', 'm', 'p')
    UNION ALL
    SELECT 'trigger ' || tgname || ' of ' || relname,
      CASE tgenabled WHEN 'A' THEN 'always' ELSE 'not always' END || ', ' || tgtype || ', '
        || tgfoid::regproc || CASE WHEN tgqual IS NULL THEN '' ELSE ', with a condition' END
        || ' := ' || pg_get_triggerdef(pg_trigger.oid)
      FROM pg_trigger JOIN relation ON relation.oid = tgrelid WHERE NOT tgisinternal
    UNION ALL
    SELECT 'rule ' || rulename || ' of ' || relname, pg_get_ruledef(pg_rewrite.oid)
      FROM pg_rewrite JOIN relation ON relation.oid = ev_class
    UNION ALL
    SELECT 'policy ' || polname || ' of ' || relname,
      polcmd::text || CASE WHEN polpermissive THEN '' ELSE ', restrictive' END
        || CASE WHEN polroles = '{0}' THEN ', for all' ELSE ', for some' END
        || CASE WHEN polwithcheck IS NULL THEN '' ELSE ', with a check' END
        || ' := ' || pg_get_expr(polqual, polrelid)
      FROM pg_policy JOIN relation ON relation.oid = polrelid
    UNION ALL
    SELECT 'function ' || proname,
      CASE WHEN prosecdef THEN 'definer' ELSE 'caller' END || ', '
        || CASE provolatile WHEN 'i' THEN 'immutable' WHEN 's' THEN 'stable' ELSE 'volatile' END
        || CASE proparallel WHEN 's' THEN ', parallel' ELSE '' END
        || CASE WHEN proisstrict THEN ', strict' ELSE '' END
        || CASE prokind WHEN 'f' THEN '' ELSE ', ' || prokind::text END || ', ' || lanname || ', '
        || pg_get_userbyid(proowner) || ', ' || coalesce(array_to_string(proconfig, '; '), '')
        || ': ' || prosrc
      FROM pg_proc JOIN ours ON pronamespace = ours.oid JOIN pg_language ON pg_language.oid = prolang
    UNION ALL
    SELECT 'right of ' || holder.name || ' to ' || relname,
      string_agg(privilege_type, ', ' ORDER BY privilege_type)
      FROM relation, aclexplode(relacl) JOIN holder ON holder.oid = grantee
      WHERE grantee <> relowner GROUP BY relname, holder.name
    UNION ALL
    SELECT 'right of ' || holder.name || ' to the column ' || attname || ' of ' || relname,
      string_agg(privilege_type, ', ' ORDER BY privilege_type)
      FROM pg_attribute JOIN relation ON relation.oid = attrelid, aclexplode(attacl)
        JOIN holder ON holder.oid = grantee
      WHERE grantee <> relowner GROUP BY attname, relname, holder.name
    UNION ALL
    SELECT 'right of ' || holder.name || ' to call ' || proname,
      string_agg(privilege_type, ', ' ORDER BY privilege_type)
      FROM pg_proc JOIN ours ON pronamespace = ours.oid,
        aclexplode(coalesce(proacl, acldefault('f', proowner))) JOIN holder ON holder.oid = grantee
      GROUP BY proname, holder.name
    UNION ALL
    SELECT 'right of ' || holder.name || ' to the schema',
      string_agg(privilege_type, ', ' ORDER BY privilege_type)
      FROM pg_namespace, aclexplode(nspacl) JOIN holder ON holder.oid = grantee
      WHERE nspname = 'chairtime' AND grantee <> nspowner GROUP BY holder.name
    UNION ALL
    -- Of the database only what everybody may do: a role of its own, as one that watches, is no harm.
    SELECT 'right of everybody to the database',
      string_agg(privilege_type, ', ' ORDER BY privilege_type)
      FROM pg_database, aclexplode(coalesce(datacl, acldefault('d', datdba)))
      WHERE datname = current_database() AND grantee = 0 HAVING count(*) > 0
    UNION ALL
    SELECT 'role ' || rolname,
      CASE WHEN rolcanlogin THEN 'login' ELSE 'no login' END
        || CASE WHEN rolsuper THEN ', superuser' ELSE ', no superuser' END
        || CASE WHEN rolbypassrls THEN ', passes the policies' ELSE ', keeps to the policies' END
      FROM pg_roles WHERE rolname IN ('chairtime_owner', 'chairtime_recorder', 'chairtime_reviewer',
        'chairtime_verifier')
    UNION ALL
    SELECT 'right of the login ' || rolname || ' beyond its role',
      CASE WHEN rolsuper THEN 'superuser' WHEN rolbypassrls THEN 'passes the policies'
        ELSE 'owner' END
      FROM pg_roles WHERE rolname IN (SELECT login FROM chairtime.member)
        AND (rolsuper OR rolbypassrls OR pg_has_role(oid, 'chairtime_owner', 'member'))
    """
}
