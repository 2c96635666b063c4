extension SiteConfiguration {
  /// A new site's file: every key with a note and its default value.
  ///
  /// Reading it gives `SiteConfiguration()` except for the name of the suite.
  package static var newFile: String {
    var text = """
      # A site's configuration (TOML 1.0). `chairtime config check` reads it and names every fault.
      # Missing keys and keys after a # have their default values. Write no patient and no password here.

      """
    var table = ""
    for key in SiteConfigurationKey.all {
      if key.table != table {
        table = key.table
        text += "\n[\(table)]\n"
      }
      let isDefault = key.sample.hasPrefix("#")
      let line =
        isDefault ? "#\(key.name) = \(key.sample.dropFirst())" : "\(key.name) = \(key.sample)"
      text += "# \(key.note)\n\(line)\n"
    }
    return text + """

      # Other keys, by the names of the list of keys (docs/keys.md), everywhere or on one screen.
      [keys]
      #stop-a-drug = "X"
      #[keys.board]
      #review = ["D", "F5"]

      # Settings on which sources disagree; `chairtime rules` lists them and their values.
      [policy]
      #"push.interval_from" = "start"

      # Settings of one payer, which override those above.
      #[payers.medicare.policy]
      #"modifier.second_site" = "XS"

      """
  }
}
