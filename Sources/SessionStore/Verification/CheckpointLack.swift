/// Entries that a checkpoint knew and that are missing now.
package struct CheckpointLack {
  /// The chain that was cut; nil if the checkpoint itself is not as it was sealed.
  package let chain: ChainName?
  package let sentence: String

  package init(chain: ChainName?, sentence: String) {
    self.chain = chain
    self.sentence = sentence
  }
}
