import Grading
import Testing

@Suite struct GradingErrorTests {
  @Test func `an error is its sentence`() {
    #expect("\(GradingError("No database was named: set config.database."))".hasPrefix("No "))
  }
}
