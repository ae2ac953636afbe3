// An authority of the tests' own, and what it has signed. No machine trusts it, and it is gone when
// the test is.

import Completion
import Foundation

/// PEM files in a folder that lasts as long as the body of `make`.
struct TestCertificates {
  let folder: String
  /// The password of the client's encrypted key.
  static let password = "a-password-of-the-tests"

  var authority: String { "\(folder)/ca.pem" }
  /// Certificate and key in one, as haproxy wants them.
  var server: String { "\(folder)/server-both.pem" }
  var client: String { "\(folder)/client.pem" }
  var clientKey: String { "\(folder)/client.key" }
  var encryptedClientKey: String { "\(folder)/client-encrypted.key" }

  /// The way to the network of someone who trusts the authority.
  var network: NetworkSettings {
    NetworkSettings { [authority] in ["SSL_CERT_FILE": authority][$0] }
  }

  static func make<Result>(body: (TestCertificates) throws -> Result) throws -> Result {
    try FaultServer.withFolder { folder in
      let certificates = TestCertificates(folder: folder)
      try certificates.openssl(
        "req -x509 -days 2 -subj /CN=authority -keyout ca.key -out ca.pem "
          + "-newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes")
      try certificates.sign("server", names: "DNS:localhost,DNS:model.test,IP:127.0.0.1")
      try certificates.sign("client", names: "email:reader@example.com")
      let both = try ["server.pem", "server.key"].map {
        try String(contentsOfFile: "\(folder)/\($0)", encoding: .utf8)
      }
      _ = try FaultServer.write(both.joined(), to: certificates.server)
      try certificates.openssl(
        "pkcs8 -topk8 -in client.key -out client-encrypted.key -passout pass:\(password)")
      return try body(certificates)
    }
  }

  private func sign(_ name: String, names: String) throws {
    try openssl(
      "req -subj /CN=\(name) -keyout \(name).key -out \(name).csr "
        + "-newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes")
    _ = try FaultServer.write("subjectAltName=\(names)\n", to: "\(folder)/\(name).ext")
    try openssl(
      "x509 -req -days 2 -in \(name).csr -CA ca.pem -CAkey ca.key -CAcreateserial "
        + "-extfile \(name).ext -out \(name).pem")
  }

  /// Runs `openssl`; the arguments that name a file mean one in the folder.
  private func openssl(_ command: String) throws {
    let arguments = command.split(separator: " ").map { argument in
      [".pem", ".key", ".csr", ".ext"].contains { argument.hasSuffix($0) }
        ? "\(folder)/\(argument)" : String(argument)
    }
    try FaultServer.execute("openssl", arguments)
  }
}
