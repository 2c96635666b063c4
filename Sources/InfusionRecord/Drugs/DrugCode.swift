/// A HCPCS code of a drug in one period: the amount of one unit, the product it is for, and how the
/// hospital's payment system treats it.
///
/// The label is our own: a generic name, and the products by which one code differs from another. The
/// official descriptors are not here.
package struct DrugCode: Sendable, Hashable {
  /// What one unit is.
  package enum Measure: Sendable, Hashable {
    case amount(ExactDecimal, DrugAmount.Unit)
    /// Containers, doses or treatments are counted: `vial`.
    case count(of: String)
    /// The code has no unit that amounts are counted in.
    case none

    /// Whether one unit is the same, in whichever unit the amount is written.
    package func isSame(as other: Measure) -> Bool {
      switch (self, other) {
      case (.amount(let value, let unit), .amount(let otherValue, let otherUnit)):
        DrugAmount(value, unit).value(in: otherUnit) == otherValue
      default: self == other
      }
    }
  }

  /// What the code is for. Tables hold the raw values.
  package enum Kind: String, Sendable, CaseIterable, Hashable {
    case drug, imaging, blood
    /// A code for drugs that have none of their own.
    case unlisted
    /// Only for patients on dialysis; no session says that one is.
    case esrd
    /// Only for treatment of COVID-19; no session says that it is.
    case covid = "covid-19"
  }

  /// Tables hold the raw values.
  package enum Route: String, Sendable, CaseIterable, Hashable {
    case intravenous = "iv"
    case subcutaneous = "sc"
    case intramuscular = "im"
    case other

    package init(_ technique: Technique) {
      switch technique {
      case .infusion, .push, .pump, .pumpRefill: self = .intravenous
      case .subcutaneous, .subcutaneousInfusion, .onBodyInjector: self = .subcutaneous
      case .intramuscular: self = .intramuscular
      case .pumpDisconnect, .implantedPumpRefill, .flush, .oral: self = .other
      }
    }
  }

  package let code: String
  /// The generic name, lower case.
  package let drug: String
  /// Brands, biosimilar names and manufacturers that the code is for; empty for any product.
  package let products: [String]
  /// Nil for any route.
  package let route: Route?
  package let kind: Kind
  package private(set) var measure: Measure
  package private(set) var from: CivilDate
  /// The last date of service; nil if none is known.
  package private(set) var until: CivilDate?
  package let replacedBy: [String]
  /// The status indicator of the outpatient hospital payment system; empty if it is not known.
  package let status: String
  /// How the components of a combination are counted; empty for one drug.
  package let combination: String

  package init(
    code: String, drug: String, products: [String] = [], route: Route? = nil, kind: Kind = .drug,
    measure: Measure, from: CivilDate, until: CivilDate? = nil, replacedBy: [String] = [],
    status: String = "", combination: String = ""
  ) {
    self.code = code
    self.drug = drug
    self.products = products
    self.route = route
    self.kind = kind
    self.measure = measure
    self.from = from
    self.until = until
    self.replacedBy = replacedBy
    self.status = status
    self.combination = combination
  }

  package func applies(on date: CivilDate) -> Bool {
    from <= date && until.map { date <= $0 } ?? true
  }

  /// The code with another last date of service.
  package func ending(_ until: CivilDate?) -> DrugCode {
    var row = self
    row.until = until
    return row
  }

  /// The period of the code in which one unit is something else.
  package func counting(
    _ measure: Measure, from: CivilDate, until: CivilDate?
  ) -> DrugCode {
    var row = self
    (row.measure, row.from, row.until) = (measure, from, until)
    return row
  }

  /// `infliximab (inflectra)`.
  package var label: String {
    guard let product = products.last else { return drug }
    return product.hasPrefix(drug) ? product : "\(drug) (\(product))"
  }

  /// `10 mg`, `vial`; empty without a unit.
  package var unitText: String {
    switch measure {
    case .amount(let value, let unit): "\(value.text) \(unit.rawValue)"
    case .count(let what): what
    case .none: ""
    }
  }
}

/// A package that is sold: its National Drug Code, its code, and the labelled amount of one container.
package struct DrugPackage: Sendable, Hashable {
  /// Tables hold the raw values.
  package enum Form: String, Sendable, CaseIterable, Hashable { case liquid, powder }

  /// Eleven digits.
  package let ndc: String
  package let code: String
  package let drug: String
  package let product: String
  package let amount: DrugAmount?
  package let concentration: DrugConcentration?
  package let form: Form?
  /// Nil if it is not known, or if both kinds are sold in the size.
  package let kind: DrugContainer.Kind?

  package init(
    ndc: String, code: String, drug: String, product: String, amount: DrugAmount?,
    concentration: DrugConcentration?, form: Form?, kind: DrugContainer.Kind?
  ) {
    self.ndc = ndc
    self.code = code
    self.drug = drug
    self.product = product
    self.amount = amount
    self.concentration = concentration
    self.form = form
    self.kind = kind
  }
}
