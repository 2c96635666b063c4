// Recorded values in words, for screens, pages and answers.

extension TimeBasis {
  package var words: String {
    switch self {
    case .observed: "observed"
    case .reportedByColleague: "reported by a colleague"
    case .pumpLog: "from the pump's log"
    case .computedFromRateAndVolume: "computed from rate and volume"
    case .lastSeenRunning: "last seen running"
    case .lateEntry: "late entry"
    }
  }
}

extension AccessSite.Kind {
  package var words: String {
    switch self {
    case .port: "Port"
    case .picc: "PICC"
    case .central: "Central line"
    case .peripheral: "Peripheral IV"
    case .subcutaneous: "Under the skin"
    case .implanted: "Implanted pump"
    }
  }
}

extension AccessSite.SecondSiteReason {
  package var words: String {
    switch self {
    case .protocolRequired: "the protocol requires it"
    case .incompatibility: "the drugs are incompatible"
    case .patientCondition: "the patient's condition"
    }
  }
}

extension SiteOpening {
  /// `Port, right chest`.
  package var words: String {
    let name = location.map { "\(kind.words), \($0)" } ?? kind.words
    return site == kind.rawValue ? name : "\(name) (\(site))"
  }
}

extension Technique {
  /// The technique in words: `im` is an intramuscular injection.
  package var words: String {
    switch self {
    case .infusion: "infusion"
    case .push: "push"
    case .intramuscular: "intramuscular injection"
    case .subcutaneous: "subcutaneous injection"
    case .subcutaneousInfusion: "subcutaneous infusion"
    case .pump: "pump"
    case .pumpDisconnect: "pump disconnection"
    case .pumpRefill: "pump refill"
    case .implantedPumpRefill: "implanted pump refill"
    case .onBodyInjector: "on-body injector"
    case .flush: "device flush"
    case .oral: "by mouth"
    }
  }
}

extension Drug.Class {
  package var words: String {
    switch self {
    case .chemotherapy: "chemotherapy"
    case .hormonalAntineoplastic: "hormonal"
    case .complexBiologic: "complex biologic"
    case .therapeutic: "therapeutic"
    case .hydration: "hydration"
    case .other: "other"
    }
  }
}

extension Administration.StopReason {
  package var words: String {
    switch self {
    case .completed: "completed"
    case .reaction: "reaction"
    case .extravasation: "extravasation"
    case .patientRequest: "patient's request"
    case .other: "other"
    }
  }
}

extension Administration.Purpose {
  package var words: String {
    switch self {
    case .hydration: "hydration"
    case .keepOpen: "keep the line open"
    case .flush: "flush"
    case .diluent: "diluent"
    case .betweenBloodUnits: "between blood units"
    case .integral: "part of another procedure"
    }
  }
}

extension PatientIdentity.Sex {
  package var words: String {
    switch self {
    case .female: "female"
    case .male: "male"
    case .other: "other"
    case .unknown: "not recorded"
    }
  }
}

/// The minutes of a paper record, which gives no clock times.
package enum PaperMinutes {
  /// `45 min stated, no clock times`.
  package static func words(_ minutes: Double) -> String {
    "\(minutes.plain) min stated, no clock times"
  }
}

extension Double {
  /// A number as clinical text writes it: `5`, `0.5`, never `5.0` or `.5` (ISMP list of error-prone
  /// abbreviations).
  package var plain: String {
    self == rounded() && abs(self) < 1e15 ? String(Int64(self)) : String(self)
  }
}
