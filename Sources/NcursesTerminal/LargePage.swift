import CNcurses

/// The memory a program starts in.
public enum LargePage {
  /// Lays the heap's next 2 MB into one page of the system (Linux: transparent huge pages; where there
  /// are none, nothing changes). A board asks for them within milliseconds, a command for a part, and
  /// each of 500 small pages would be fetched by a fault of its own. Call it once, before any thread
  /// starts.
  public static func begin() { cn_use_large_page() }
}
