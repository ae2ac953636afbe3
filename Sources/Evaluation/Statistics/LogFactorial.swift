import Glibc

/// The natural logarithm of a factorial: exact to 15 digits, where the factorial itself would overflow.
func logFactorial(_ number: Int) -> Double {
  var sign: Int32 = 0
  return lgamma_r(Double(number) + 1, &sign)
}
