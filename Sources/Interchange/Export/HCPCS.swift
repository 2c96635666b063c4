extension String {
  /// Whether a code or modifier is of HCPCS level II; those begin with a letter, CPT's do not.
  var isHCPCS: Bool { first?.isLetter == true }
}
