package import InfusionRecord

/// Why a store could not do what it was asked to do. Its sentence holds no patient data.
///
/// Whatever is thrown, the facts acknowledged before are intact, and nothing of the failed append was
/// acknowledged.
package enum StoreError: Error, Sendable {
  /// These were recorded in the session since it was read; nothing was appended.
  case changedMeanwhile(SessionID, [Event])
  /// A message of the outbox was changed since it was read; nothing was recorded.
  case messageChanged(String)
  /// The person has no right to this as of the transaction that would have written it. The refusal is
  /// in the audit record.
  case refused(RightRefusal)
  /// The append itself is malformed; `what` says how.
  case invalid(what: String)
  /// Another process held the store for longer than `seconds`.
  case busy(path: String, seconds: Int)
  case full(path: String)
  case readOnly(path: String)
  case missing(path: String)
  /// The account has no permission for the file or for a folder on its way.
  case unreadable(path: String)
  /// The path names no folder: `HOME` is not set, or `~` names no account.
  case nowhere(what: String)
  /// The file is not a store, or its contents cannot be read.
  case notAStore(path: String, what: String)
  case damaged(path: String, what: String)
  /// The file was changed by another program: a chain is broken, or the tables or triggers are not those
  /// of this program. `what` is a sentence.
  case altered(path: String, what: String)
  /// The file has an earlier version, and no program that writes has migrated it yet.
  case older(path: String, found: Int)
  /// A later version of this program made the file.
  case newer(path: String, found: Int, known: Int)
  case unsafe(path: String, what: String)
  case network(path: String, fileSystem: String)
  /// The acknowledged end of a chain is not in the file: its `-wal` is missing, an older copy was put
  /// back, or another program removed it.
  case endMissing(path: String, chain: ChainName, found: Int, acknowledged: Int)
  /// Another file has the store's name by now, or none does: no later reader would find the facts.
  case replaced(path: String)
  /// No server of the store answers; nothing was sent.
  case unreachable(path: String, what: String)
  /// The server gave no answer to a request: what was sent may be recorded or not.
  case unanswered(path: String)
  /// The server's login may not do this.
  case forbidden(path: String, what: String)
  /// The server lacks facts that it acknowledged: an older copy took its place.
  case factsMissing(path: String)
  /// The system failed; `code` is the number of SQLite or of the system.
  case io(path: String, code: Int, what: String)

  package var sentence: String {
    switch self {
    case .changedMeanwhile(let session, let events):
      return
        "Session \(session) changed meanwhile ("
        + "\(events.count.pluralized("new fact"))); nothing was recorded, look again."
    case .messageChanged(let name):
      return
        "The outbox changed meanwhile (\(name)); nothing was recorded in it, look again."
    case .refused(let refusal):
      return refusal.sentence + " Nothing was recorded."
    case .invalid(let what):
      return "The fact was not recorded: \(what)."
    case .busy(let path, let seconds):
      return
        "The store \(path) was held by another process for more than \(seconds) s; "
        + "nothing was recorded, try again."
    case .full(let path):
      return
        "There is no room left for the store \(path); nothing was recorded. "
        + "Free space on that disk and try again; facts recorded before are intact."
    case .readOnly(let path):
      return
        "The store \(path) cannot be written; nothing was recorded. "
        + "Check the folder's permissions and that the disk is not mounted read-only."
    case .missing(let path):
      return "There is no store at \(path)."
    case .unreadable(let path):
      return
        "The store \(path) cannot be read: this account has no permission for it or for its folder. "
        + "Use the account that it belongs to, or name another store with --store."
    case .nowhere(let what):
      return "\(what). Name the store's file with --store or CHAIRTIME_STORE."
    case .notAStore(let path, let what):
      return
        "\(path) is not a Chairtime store (\(what)); it was left as it is. "
        + "Name another file with --store, or restore a backup."
    case .damaged(let path, let what):
      return
        "The store \(path) is damaged (\(what)); it was left as it is. "
        + "Run chairtime verify, and restore a backup."
    case .altered(let path, let what):
      return
        "The store \(path) is not as this program wrote it: \(what) Nothing was done. "
        + "Run chairtime verify, which names what differs, and see docs/operations.md."
    case .older(let path, let found):
      return
        "The store \(path) was made by an earlier Chairtime (format \(found)); reading leaves it as "
        + "it is. Open the board on it once, which brings it up with every fact."
    case .newer(let path, let found, let known):
      return
        "The store \(path) was made by a later Chairtime (format \(found); this one knows "
        + "\(known)); it was left as it is. Use the later program."
    case .unsafe(let path, let what):
      return "The store \(path) was not opened: \(what)."
    case .network(let path, let fileSystem):
      return
        "The store \(path) lies on a network file system (\(fileSystem)), where facts could be "
        + "lost; keep it on a local disk."
    case .endMissing(let path, let chain, let found, let acknowledged):
      return
        "The store \(path) holds \(chain.words(found)), but \(acknowledged) were recorded: "
        + "\((acknowledged - found).pluralized("is", "are")) missing at the end. The -wal file is gone, "
        + "an older copy was put back, or another program removed them. Put the missing file back, or "
        + "restore a backup as docs/store.md says."
    case .replaced(let path):
      return
        "The store \(path) was replaced or removed while it was open; nothing is recorded any more. "
        + "End every Chairtime that has it open, put the file back, and start again."
    case .unreachable(let path, let what):
      return
        "The server of the store \(path) cannot be reached (\(what)); nothing was recorded. "
        + "Check the address and the network; facts recorded before are intact."
    case .unanswered(let path):
      return
        "The server of the store \(path) gave no answer, so it is not known whether the last entry was "
        + "recorded. Look again before you enter it again."
    case .forbidden(let path, let what):
      return
        "The server of the store \(path) refused this: \(what). Nothing was recorded. "
        + "The server's administrator gives rights with chairtime server add-terminal."
    case .factsMissing(let path):
      return
        "The server of the store \(path) lacks facts that were acknowledged: an older copy took its "
        + "place. Nothing was recorded. Tell the server's administrator, and keep what the screen shows."
    case .io(let path, let code, let what):
      return
        "The system failed on the store \(path) (\(what), code \(code)); nothing was "
        + "recorded. Facts recorded before are intact."
    }
  }
}

/// One of the chains of seals of a store.
package enum ChainName: Sendable, CaseIterable {
  case facts, audit, outbox

  /// One of its entries, in words.
  package var entry: String {
    switch self {
    case .facts: "fact"
    case .audit: "audit entry"
    case .outbox: "outbox entry"
    }
  }

  /// The whole chain, in words.
  package var title: String {
    switch self {
    case .facts: "the facts"
    case .audit: "the audit record"
    case .outbox: "the outbox"
    }
  }

  /// A number of its entries, in words.
  package func words(_ count: Int) -> String {
    switch self {
    case .facts: count.pluralized("fact")
    case .audit: count.pluralized("entry", "entries") + " of the audit record"
    case .outbox: count.pluralized("entry", "entries") + " of the outbox"
    }
  }
}
