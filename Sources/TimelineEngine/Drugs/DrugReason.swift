/// Why a line of a drug is as it is: a form of sentence and the texts in its places.
package struct DrugReason: Sendable, Hashable {
  /// What a rule's file says of one of its reasons. `$` in the sentence is the next text.
  struct Definition {
    let rule: Rule.ID
    let source: Citation.ID
    let sentence: Sentence

    init(_ rule: Rule.ID, _ source: Citation.ID, _ sentence: String) {
      self.rule = rule
      self.source = source
      self.sentence = Sentence(stringLiteral: sentence)
    }
  }

  package let form: Form
  /// Amounts, codes and dates in words.
  package let values: [String]

  init(_ form: Form, _ values: String...) {
    self.form = form
    self.values = values
  }

  package var rule: Rule.ID { form.definition.rule }
  package var citation: Citation { form.source.citation }
  /// The source as one line.
  package var citedLine: String { form.source.line }
  /// The sentence with its texts.
  package var text: String { form.definition.sentence.text(0, values: values) }

  package enum Form: String, Sendable, CaseIterable, Hashable {
    case asGiven, codeByDate, ownCode, anyProduct, chosenByDose, unlisted, unlistedContainers
    case countedContainers, countedDoses, combinationTotal, combinationFirst
    case unitsOfDose, addedFirst, roundedEach, sharedContainer, ranInPart, freeSupply
    case startDate, containersUnknown, cappedAtLabel, singleAndMulti, multiDose
    case packaged, notPaidForWaste, noModifierHere, discardedUnits, labelLimit, leastWasteLimit
    case discardNotRecorded, discardComputed, insideUnit, nothingDiscarded, beforeModifier
    case byPackage, packageCode, routeModifier, purchaseModifier, stillRunning
  }
}

extension DrugReason.Form {
  /// The source that the sentence rests on.
  var source: Citation.ID { definition.source }
  /// The sentence with `…` for its texts, for pages that list what can be said.
  var pattern: String { definition.sentence.pattern }

  /// Each definition is in the file of its rule.
  var definition: DrugReason.Definition {
    switch self {
    case .asGiven: .asGiven
    case .codeByDate: .codeByDate
    case .ownCode: .ownCode
    case .anyProduct: .anyProduct
    case .chosenByDose: .chosenByDose
    case .unlisted: .unlisted
    case .unlistedContainers: .unlistedContainers
    case .countedContainers: .countedContainers
    case .countedDoses: .countedDoses
    case .combinationTotal: .combinationTotal
    case .combinationFirst: .combinationFirst
    case .unitsOfDose: .unitsOfDose
    case .addedFirst: .addedFirst
    case .roundedEach: .roundedEach
    case .sharedContainer: .sharedContainer
    case .ranInPart: .ranInPart
    case .freeSupply: .freeSupply
    case .startDate: .startDate
    case .containersUnknown: .containersUnknown
    case .cappedAtLabel: .cappedAtLabel
    case .singleAndMulti: .singleAndMulti
    case .multiDose: .multiDose
    case .packaged: .packaged
    case .notPaidForWaste: .notPaidForWaste
    case .noModifierHere: .noModifierHere
    case .discardedUnits: .discardedUnits
    case .labelLimit: .labelLimit
    case .leastWasteLimit: .leastWasteLimit
    case .discardNotRecorded: .discardNotRecorded
    case .discardComputed: .discardComputed
    case .insideUnit: .insideUnit
    case .nothingDiscarded: .nothingDiscarded
    case .beforeModifier: .beforeModifier
    case .byPackage: .byPackage
    case .packageCode: .packageCode
    case .routeModifier: .routeModifier
    case .purchaseModifier: .purchaseModifier
    case .stillRunning: .stillRunning
    }
  }
}
