import ArgumentParser
import InfusionRecord

/// `chairtime session site`: an access site is opened or closed.
struct SessionSite: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "site", _superCommandName: Session.path, abstract: "Open or close an access site.")

  @OptionGroup var session: SessionArgument

  @Argument(help: "The site's name in this session: port, left-arm.")
  var name: String

  @Option(help: "What it is.")
  var kind: AccessSite.Kind = .peripheral

  @Option(
    name: .customLong("where"), help: ArgumentHelp("Where on the body.", valueName: "text"))
  var location: String?

  @Option(help: ArgumentHelp("The site whose lumen this is.", valueName: "site"))
  var parent: String?

  @Option(help: "Why there is a second access site.")
  var secondSiteReason: AccessSite.SecondSiteReason?

  @Flag(help: "Close the site instead.")
  var close = false

  @OptionGroup var record: RecordOptions

  func run() throws {
    let recorder = try record.recorder()
    let session = try Choice.session(session.text, in: recorder.store)
    try recorder.tell(
      recorder.record(in: session) { _ in
        close
          ? .siteClosed(site: name)
          : .siteOpened(
            SiteOpening(
              site: name, kind: kind, location: location, parent: parent,
              secondSiteReason: secondSiteReason))
      })
  }
}

/// `chairtime session flush`: the access device was flushed.
struct SessionFlush: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "flush", _superCommandName: Session.path,
    abstract: "Record that the access device was flushed.")

  @OptionGroup var session: SessionArgument

  @Option(help: ArgumentHelp("The access site; else the only one open.", valueName: "site"))
  var site: String?

  @OptionGroup var record: RecordOptions

  func run() throws {
    let recorder = try record.recorder()
    let session = try Choice.session(session.text, in: recorder.store)
    try recorder.tell(
      recorder.record(in: session) { log in
        let open = log.sites.filter { $0.closedAt == nil }.map(\.opening.site)
        return .deviceFlushed(
          administration: log.nextAdministration, site: site ?? (open.count == 1 ? open[0] : nil))
      })
  }
}
