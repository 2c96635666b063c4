import Foundation
import InfusionRecord
import Interchange
import PlainText
import Testing

struct SessionWritingTests {
  @Test func `a session is written with its usual values left out`() throws {
    let document = try read(
      #"{"format":"chairtime.session/1","id":"s \"1\"","timeZone":"America/Chicago","#
        + #""policy":{"hydration.join":"never","pause.flag_gap_min":90,"#
        + #""second_initial.requires_reason":false},"administrations":[{"id":"a1","drug":"drug A","#
        + #""technique":"infusion","start":"2026-03-02T09:00","stop":"2026-03-02T10:00:30","#
        + #""pauses":[{"start":"2026-03-02T09:10","stop":"2026-03-02T09:20"}],"volumeML":250,"#
        + #""rateMLPerHour":83.3}]}"#)
    #expect(
      String(decoding: document.json(.compact), as: UTF8.self)
        == #"{"format":"chairtime.session/1","id":"s \"1\"","setting":"facility","#
        + #""timeZone":"America/Chicago","policy":{"#
        + #""second_initial.requires_reason":false,"hydration.join":"never","#
        + #""pause.flag_gap_min":90},"#
        + #""administrations":[{"id":"a1","drug":"drug A","technique":"infusion","#
        + #""start":"2026-03-02T09:00-06:00","stop":"2026-03-02T10:00:30-06:00","#
        + #""pauses":[{"start":"2026-03-02T09:10-06:00","stop":"2026-03-02T09:20-06:00"}],"#
        + #""volumeML":250,"rateMLPerHour":83.3}]}"# + "\n")
  }

  @Test func `an indented document has one member a line`() throws {
    let text = String(decoding: try read(session(rows: "")).json(), as: UTF8.self)
    #expect(
      text == """
        {
          "format": "chairtime.session/1",
          "id": "s",
          "setting": "facility",
          "timeZone": "UTC",
          "administrations": []
        }

        """)
  }

  @Test func `what is written is read again as the same session`() throws {
    let files = try FileManager.default.contentsOfDirectory(
      at: conformanceFolder, includingPropertiesForKeys: nil
    ).filter { $0.pathExtension == "json" }
    for file in files {
      let document = try SessionDocument(
        Array(Data(contentsOf: file)), file: file.lastPathComponent, formulary: .starter)
      for layout in [JSONWriter.Layout.compact, .indented] {
        let written = document.json(layout)
        let again = try SessionDocument(written, file: "again.json", formulary: .starter)
        #expect(again.json(layout) == written)
        #expect("\(again.timeline)" == "\(document.timeline)")
        #expect(again.policy == document.policy)
      }
    }
  }

  @Test func `texts that steer a terminal are escaped`() {
    var writer = JSONWriter()
    writer.value("a\u{1B}[2J\u{9B}\u{202E}\n\t\"\\é😀\u{7F}")
    #expect(writer.text == #""a\u001b[2J\u009b\u202e\n\t\"\\é😀\u007f""#)
  }

  @Test func `numbers are written shortest`() {
    var writer = JSONWriter()
    writer.list([0, 1, -2, 0.1, 250, 83.3, 1e300, 1e16]) { $0.value($1) }
    #expect(writer.text == "[0,1,-2,0.1,250,83.3,1e+300,1e+16]")
  }
}
