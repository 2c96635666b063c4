import ArgumentParser

/// How a command prints: text for a person, JSON for a program.
enum PrintFormat: String, ExpressibleByArgument, CaseIterable { case text, json }
