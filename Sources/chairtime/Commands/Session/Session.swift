import ArgumentParser

/// `chairtime session`: one fact a command.
struct Session: ParsableCommand {
  /// How its commands are called when one is parsed by itself.
  static let path = "chairtime session"

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
      SessionResume.self, SessionPush.self, SessionInject.self, SessionRate.self,
      SessionBag.self, SessionDisconnect.self, SessionFlush.self, SessionSite.self,
      SessionNote.self, SessionCheck.self, SessionHandOff.self, SessionAmend.self,
      SessionClose.self, SessionReopen.self, SessionShow.self, SessionList.self,
    ])
}

/// The session a command speaks of.
struct SessionArgument: ParsableArguments {
  @Argument(help: ArgumentHelp("The session, by the beginning of its name.", valueName: "session"))
  var text: String
}
