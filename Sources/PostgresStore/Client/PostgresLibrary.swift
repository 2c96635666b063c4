import Glibc

/// The functions of libpq that this program calls, found in the library when a server is first named.
///
/// The library is not linked. A linked one would be loaded at every start, with the 24 libraries that it
/// needs, and the program would not start where it is missing, not even on a file.
struct PostgresLibrary: Sendable {
  /// Why the library cannot be used.
  struct Missing: Error {
    let what: String
  }

  typealias Texts = UnsafePointer<UnsafePointer<CChar>?>
  typealias Bytes = UnsafeMutablePointer<CChar>
  typealias Receiver = @convention(c) (UnsafeMutableRawPointer?, OpaquePointer?) -> Void

  let connectStart: @convention(c) (Texts, Texts, CInt) -> OpaquePointer?
  let connectPoll: @convention(c) (OpaquePointer) -> CInt
  let status: @convention(c) (OpaquePointer) -> CInt
  let socket: @convention(c) (OpaquePointer) -> CInt
  let finish: @convention(c) (OpaquePointer) -> Void
  let errorMessage: @convention(c) (OpaquePointer) -> UnsafePointer<CChar>?
  let parameterStatus: @convention(c) (OpaquePointer, UnsafePointer<CChar>) -> UnsafePointer<CChar>?
  let serverVersion: @convention(c) (OpaquePointer) -> CInt
  let transactionStatus: @convention(c) (OpaquePointer) -> CInt
  let setNonblocking: @convention(c) (OpaquePointer, CInt) -> CInt
  let setNoticeReceiver:
    @convention(c) (OpaquePointer, Receiver?, UnsafeMutableRawPointer?) -> Receiver?

  let sendQuery: @convention(c) (OpaquePointer, UnsafePointer<CChar>) -> CInt
  let sendQueryParams:
    @convention(c) (
      OpaquePointer, UnsafePointer<CChar>, CInt, UnsafePointer<UInt32>?, Texts?,
      UnsafePointer<CInt>?, UnsafePointer<CInt>?, CInt
    ) -> CInt
  let sendPrepare:
    @convention(c) (
      OpaquePointer, UnsafePointer<CChar>, UnsafePointer<CChar>, CInt, UnsafePointer<UInt32>?
    ) -> CInt
  let sendQueryPrepared:
    @convention(c) (
      OpaquePointer, UnsafePointer<CChar>, CInt, Texts?, UnsafePointer<CInt>?,
      UnsafePointer<CInt>?, CInt
    ) -> CInt
  let flush: @convention(c) (OpaquePointer) -> CInt
  let consumeInput: @convention(c) (OpaquePointer) -> CInt
  let isBusy: @convention(c) (OpaquePointer) -> CInt
  let getResult: @convention(c) (OpaquePointer) -> OpaquePointer?
  let notifies: @convention(c) (OpaquePointer) -> UnsafeMutableRawPointer?
  let freeMemory: @convention(c) (UnsafeMutableRawPointer?) -> Void

  let resultStatus: @convention(c) (OpaquePointer) -> CInt
  let resultErrorField: @convention(c) (OpaquePointer, CInt) -> UnsafePointer<CChar>?
  let clear: @convention(c) (OpaquePointer) -> Void
  let rowCount: @convention(c) (OpaquePointer) -> CInt
  let columnCount: @convention(c) (OpaquePointer) -> CInt
  let columnName: @convention(c) (OpaquePointer, CInt) -> UnsafePointer<CChar>?
  let value: @convention(c) (OpaquePointer, CInt, CInt) -> Bytes?
  let length: @convention(c) (OpaquePointer, CInt, CInt) -> CInt
  let isNull: @convention(c) (OpaquePointer, CInt, CInt) -> CInt

  /// The library, loaded when it is first asked for.
  static let loaded: Result<PostgresLibrary, Missing> = Result { () throws(Missing) in
    try PostgresLibrary(named: "libpq.so.5")
  }

  init(named name: String) throws(Missing) {
    guard let handle = dlopen(name, RTLD_NOW | RTLD_LOCAL) else {
      throw Missing(what: dlerror().map { String(cString: $0) } ?? name)
    }
    func function<Signature>(_ name: String) throws(Missing) -> Signature {
      guard let found = dlsym(handle, name) else {
        throw Missing(what: "it lacks \(name)")
      }
      return unsafeBitCast(found, to: Signature.self)
    }
    let isThreadSafe: @convention(c) () -> CInt = try function("PQisthreadsafe")
    guard isThreadSafe() == 1 else { throw Missing(what: "it is not made for threads") }
    connectStart = try function("PQconnectStartParams")
    connectPoll = try function("PQconnectPoll")
    status = try function("PQstatus")
    socket = try function("PQsocket")
    finish = try function("PQfinish")
    errorMessage = try function("PQerrorMessage")
    parameterStatus = try function("PQparameterStatus")
    serverVersion = try function("PQserverVersion")
    transactionStatus = try function("PQtransactionStatus")
    setNonblocking = try function("PQsetnonblocking")
    setNoticeReceiver = try function("PQsetNoticeReceiver")
    sendQuery = try function("PQsendQuery")
    sendQueryParams = try function("PQsendQueryParams")
    sendPrepare = try function("PQsendPrepare")
    sendQueryPrepared = try function("PQsendQueryPrepared")
    flush = try function("PQflush")
    consumeInput = try function("PQconsumeInput")
    isBusy = try function("PQisBusy")
    getResult = try function("PQgetResult")
    notifies = try function("PQnotifies")
    freeMemory = try function("PQfreemem")
    resultStatus = try function("PQresultStatus")
    resultErrorField = try function("PQresultErrorField")
    clear = try function("PQclear")
    rowCount = try function("PQntuples")
    columnCount = try function("PQnfields")
    columnName = try function("PQfname")
    value = try function("PQgetvalue")
    length = try function("PQgetlength")
    isNull = try function("PQgetisnull")
  }

  // The numbers of libpq-fe.h that this program compares with.
  enum Number {
    static let isConnected: CInt = 0
    static let connectionBad: CInt = 1
    static let pollFailed: CInt = 0
    static let pollReading: CInt = 1
    static let pollIsConnected: CInt = 3
    static let commandOK: CInt = 1
    static let tuplesOK: CInt = 2
    static let transactionIsIdle: CInt = 0
    static let fieldState = CInt(UInt8(ascii: "C"))
    static let fieldDetail = CInt(UInt8(ascii: "D"))
  }
}
