extension SiteConfiguration {
  /// A new site's file: every key with what it decides and its usual value.
  ///
  /// Reading it gives `SiteConfiguration()` but for the name of the suite; a test keeps it so.
  public static var newFile: String {
    var text = """
      # A site's configuration (TOML 1.0). `chairtime config check` reads it and names every fault.
      # What is left out, or stands behind a #, is as usual. No patient and no password belongs here.

      """
    var table = ""
    for key in SiteConfigurationKey.all {
      if key.table != table {
        table = key.table
        text += "\n[\(table)]\n"
      }
      let isUsual = key.sample.hasPrefix("#")
      let line =
        isUsual ? "#\(key.name) = \(key.sample.dropFirst())" : "\(key.name) = \(key.sample)"
      text += "# \(key.note)\n\(line)\n"
    }
    return text + """

      # Settings on which sources disagree; `chairtime rules` names them and what they take.
      [policy]
      #"push.interval_from" = "start"

      # Settings of one payer, laid over those above.
      #[payers.medicare.policy]
      #"modifier.second_site" = "XS"

      """
  }
}
