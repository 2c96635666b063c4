import ArgumentParser
import InfusionRecord
import PlainText

/// `chairtime session site`: an access site is opened or closed.
struct SessionSite: FactCommand {
  static let configuration = CommandConfiguration(
    commandName: "site", abstract: "Open or close an access site.")

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

  @Flag(help: "Close it although a drug runs through it.")
  var anyway = false

  @OptionGroup var record: RecordOptions

  func validate() throws {
    if anyway { try Reason.checkForAnyway(record.reason) }
  }

  func fact(in log: EventLog, by recorder: Recorder) throws -> Fact {
    let running = log.administrations.filter { $0.isRunning && $0.facts.site == name }
    if close, !anyway, !running.isEmpty {
      let drugs = running.map { recorder.formulary.drug(named: $0.facts.drug).displayName }
      throw OpenQuestions(
        [
          (
            name: "still-running",
            sentence: "Still running there: \(drugs.joined(separator: ", ")).".printable
          )
        ],
        outcome: "Nothing was recorded", advice: "stop it, or close --anyway with a --reason")
    }
    return close
      ? .siteClosed(site: name)
      : .siteOpened(
        SiteOpening(
          site: name, kind: kind, location: location, parent: parent,
          secondSiteReason: secondSiteReason))
  }
}

/// `chairtime session flush`: the access device was flushed.
struct SessionFlush: FactCommand {
  static let configuration = CommandConfiguration(
    commandName: "flush", abstract: "Record that the access device was flushed.")

  @OptionGroup var session: SessionArgument

  @Option(
    help: ArgumentHelp("The access site; without it, the only one open.", valueName: "site"))
  var site: String?

  @OptionGroup var record: RecordOptions

  func fact(in log: EventLog, by recorder: Recorder) -> Fact {
    let open = log.openSites
    return .deviceFlushed(
      administration: log.nextAdministration, site: site ?? (open.count == 1 ? open[0] : nil))
  }
}
