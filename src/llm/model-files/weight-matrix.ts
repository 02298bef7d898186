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

/**
 * Symmetric int8 per column: number = round(weight / scale), scale = largest magnitude of the column / `greatest`.
 *
 * @param weights row-major, `columns` wide.
 * @param greatest 127, or 63 where processors without VNNI are to add the products without running over (they add two of them in 16 bits).
 */
export function quantizeColumns(weights: Float32Array, columns: number, greatest = 127): { numbers: Int8Array; scales: Float32Array } {
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
