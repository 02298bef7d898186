const idWeights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2] as const
const idCheckCharacters = '10X98765432'

/** ISO 7064 MOD 11-2 over the 17 digits of a Chinese identity number and its check character (`X` in either case). */
export function isIdCardNumber(text: string): boolean {
  const characters = text.replace(/[ -]/g, '').toUpperCase()
  if (!/^\d{17}[\dX]$/.test(characters)) return false
  const sum = idWeights.reduce((total, weight, place) => total + weight * Number(characters.charAt(place)), 0)
  return idCheckCharacters.charAt(sum % 11) === characters.charAt(17)
}

/** Luhn check (ISO/IEC 7812-1) of a card number; separators are ignored. */
export function passesLuhn(text: string): boolean {
  const digits = text.replace(/\D/g, '')
  const sum = [...digits].reverse().reduce((total, digit, place) => {
    const value = Number(digit) * (place % 2 === 1 ? 2 : 1)
    return total + (value > 9 ? value - 9 : value)
  }, 0)
  return digits.length > 0 && sum % 10 === 0
}
