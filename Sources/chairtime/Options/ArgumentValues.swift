import ArgumentParser
import InfusionRecord
import TimelineEngine

// Words of the record that are values of options, written on a command line as in a document.

extension TimeBasis: ExpressibleByArgument {}
extension Technique: ExpressibleByArgument {}
extension Drug.Class: ExpressibleByArgument {}
extension Administration.StopReason: ExpressibleByArgument {}
extension Administration.Purpose: ExpressibleByArgument {}
extension Administration.PumpOwner: ExpressibleByArgument {}
extension Reaction.Action: ExpressibleByArgument {}
extension AccessSite.Kind: ExpressibleByArgument {}
extension AccessSite.SecondSiteReason: ExpressibleByArgument {}
extension SessionContext.Setting: ExpressibleByArgument {}
extension DrugFacts.Supply: ExpressibleByArgument {}
extension Role: ExpressibleByArgument {}
extension EditTables.Setting: ExpressibleByArgument {}

extension Quarter: ExpressibleByArgument {
  /// Reads `2026Q4`.
  package init?(argument: String) {
    self.init(argument.uppercased())
  }
}
