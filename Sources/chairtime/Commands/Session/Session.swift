import ArgumentParser

/// `chairtime session`: records one fact per command, and shows sessions.
struct Session: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "session",
    abstract: "Record facts at the chair, and look at a session.",
    discussion: """
      Each command records one fact and prints its id once it is on the disk. A session is named by \
      the beginning of its name, a drug by name, brand, code or NDC, an administration by its id or \
      drug. Times are local to the session.
      """,
    subcommands: [
      SessionOpen.self, SessionStart.self, SessionStop.self, SessionPause.self,
      SessionResume.self, SessionPush.self, SessionPaper.self, SessionInject.self,
      SessionRate.self, SessionBag.self, SessionDisconnect.self, SessionFlush.self,
      SessionSite.self, SessionNote.self, SessionAccount.self, SessionReaction.self,
      SessionAllergies.self, SessionCheck.self, SessionHandOff.self, SessionRead.self,
      SessionMove.self,
      SessionAmend.self, SessionInpatient.self, SessionClose.self, SessionReopen.self,
      SessionShow.self, SessionList.self,
    ])
}
