/** Turns a row-major [rows, columns] matrix into a row-major [columns, rows] one. */
export function transpose(values: Float32Array, rows: number, columns: number): Float32Array {
  const turned = new Float32Array(values.length)
  for (let row = 0; row < rows; row += 1) {
    for (let column = 0; column < columns; column += 1) {
      turned[column * rows + row] = values[row * columns + column] ?? 0
    }
  }
  return turned
}

// Processors without VNNI add two products in 16 bits: 255 times this, twice, is the most that fits.
const greatest = 63

/**
 * Symmetric int8 per column: number = round(weight / scale), scale = largest magnitude of the column / 63.
 *
 * @param weights row-major, `columns` wide.
 */
export function quantizeColumns(weights: Float32Array, columns: number): { numbers: Int8Array; scales: Float32Array } {
  const scales = new Float32Array(columns)
  weights.forEach((weight, index) => {
    const column = index % columns
    scales[column] = Math.max(scales[column] ?? 0, Math.abs(weight) / greatest)
  })
  const numbers = new Int8Array(weights.length)
  weights.forEach((weight, index) => {
    const scale = scales[index % columns] ?? 0
    numbers[index] = scale === 0 ? 0 : Math.max(-greatest, Math.min(greatest, Math.round(weight / scale)))
  })
  return { numbers, scales }
}

/** Sum of each column of `numbers` ([rows, columns], row-major) times its scale: what an offset of all inputs by one adds to each output. */
export function columnSums(numbers: Int8Array, scales: Float32Array): Float32Array {
  const sums = new Float32Array(scales.length)
  numbers.forEach((number, index) => {
    const column = index % scales.length
    sums[column] = (sums[column] ?? 0) + number
  })
  return sums.map((sum, column) => sum * (scales[column] ?? 0))
}
