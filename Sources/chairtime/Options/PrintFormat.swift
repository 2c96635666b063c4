import ArgumentParser

/// The output format of a command: text for people, JSON for programs.
enum PrintFormat: String, ExpressibleByArgument, CaseIterable { case text, json }
