import Core

// What a training takes on a machine of one's own, by the usual rules of thumb. They are told with the
// result, so that whoever knows better can say so.

/// The demands of a model of so many parameters.
public struct LocalEstimate: Hashable, Sendable {
  public enum Method: String, Hashable, Sendable, CaseIterable {
    /// All weights, with Adam.
    case full
    /// An adapter; the weights are read in 16 bits.
    case lora
    /// An adapter; the weights are read in 4 bits.
    case qlora
  }

  public let parameters: Double
  public let method: Method

  /// - Parameter parameters: how many weights the model has.
  public init(parameters: Double, method: Method) {
    (self.parameters, self.method) = (parameters, method)
  }

  /// Bytes that weights, gradients and the optimizer take, without what grows with batch and length.
  ///
  /// Full training with Adam in mixed precision takes 16 bytes a weight (Rajbhandari et al. 2020, ZeRO,
  /// section 3.1). An adapter's own weights are taken for 1 % of the model's, of 16 bytes each.
  public var bytes: Double {
    let adapter = 0.01 * 16
    return switch method {
    case .full: parameters * 16
    case .lora: parameters * (2 + adapter)
    // 4 bits and the scales of their blocks (Dettmers et al. 2023, QLoRA).
    case .qlora: parameters * (0.52 + adapter)
    }
  }

  /// Operations for a token: 2 a weight forward, 4 back (Kaplan et al. 2020, section 2.1); with an adapter
  /// 2 back, since the weights need no gradient of their own.
  public var operationsPerToken: Double { parameters * (method == .full ? 6 : 4) }

  /// Tokens a second on hardware that does so many operations a second, as it really does them.
  public func rate(operationsPerSecond: Double) -> Double {
    operationsPerSecond / operationsPerToken
  }

  /// What it takes, as sentences.
  public func sentences() -> [String] {
    let gigabytes = Numbers.rate(bytes / 1e9)
    let rule =
      switch method {
      case .full: "16 bytes a weight: all are trained"
      case .lora: "2 bytes a weight, and an adapter of 1 %"
      case .qlora: "4 bits a weight, and an adapter of 1 %"
      }
    return [
      "Memory: ≈\(gigabytes) GB for the model (\(rule)), and more for each batch and its length."
    ]
  }
}
