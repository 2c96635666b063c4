import ArgumentParser
import InfusionRecord

// Words of the record that are values of options, written on a command line as in a document.

extension TimeBasis: ExpressibleByArgument {}
extension Technique: ExpressibleByArgument {}
extension Drug.Class: ExpressibleByArgument {}
extension Administration.StopReason: ExpressibleByArgument {}
extension Administration.Purpose: ExpressibleByArgument {}
extension Administration.PumpOwner: ExpressibleByArgument {}
extension AccessSite.Kind: ExpressibleByArgument {}
extension AccessSite.SecondSiteReason: ExpressibleByArgument {}
extension SessionContext.Setting: ExpressibleByArgument {}
extension Role: ExpressibleByArgument {}
