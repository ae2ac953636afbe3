import Foundation

// Vectors as they lie in the file: 32-bit numbers, little endian, one after the other.

enum StoredNumbers {
  static func data(of vector: [Float]) -> Data {
    vector.map(\.bitPattern.littleEndian).withUnsafeBytes { Data($0) }
  }

  static func vector(in data: Data) -> [Float] {
    data.withUnsafeBytes { bytes in
      (0..<bytes.count / 4).map {
        Float(
          bitPattern: UInt32(
            littleEndian: bytes.loadUnaligned(fromByteOffset: 4 * $0, as: UInt32.self)))
      }
    }
  }
}
