package semantics

import (
	"context"
	"math"

	"gonum.org/v1/gonum/blas/gonum"
	"gonum.org/v1/gonum/mat"
)

// minShareOfStrongest is the share of the longest direction's square below which a direction is rounding and nothing
// else. Squares are sums of products of float32, which have 24 bits.
const minShareOfStrongest = 1e-9

// blas does vectors of one width on one core, in an order that does not depend on anything else.
var blas gonum.Implementation

// dense is a matrix, row by row.
type dense struct {
	rows, width int
	data        []float32
}

func newDense(rows, width int) *dense {
	return &dense{rows: rows, width: width, data: make([]float32, rows*width)}
}

func (d *dense) row(i int) []float32 { return d.data[i*d.width : (i+1)*d.width] }

// clear makes it a matrix of zeros with as many rows, in the same memory. The width does not grow.
func (d *dense) clear(width int) {
	d.width, d.data = width, d.data[:d.rows*width]
	clear(d.data)
}

// addScaled adds a multiple of a row to another of the same width.
func addScaled(to []float32, by float32, row []float32) { blas.Saxpy(len(row), by, row, 1, to, 1) }

// scale multiplies a row.
func scale(by float32, row []float32) { blas.Sscal(len(row), by, row, 1) }

// gram is the product of the transposed matrix with the matrix. It sums up over all rows, hence in double precision.
func (d *dense) gram(ctx context.Context) (*mat.SymDense, error) {
	width := d.width
	sums, wide := make([]float64, width*width), make([]float64, width)
	var work pulse
	for i := range d.rows {
		if err := work.after(ctx, width*width/2); err != nil {
			return nil, err
		}
		for j, x := range d.row(i) {
			wide[j] = float64(x)
		}
		for j, x := range wide { // The upper triangle is all that is read.
			blas.Daxpy(width-j, x, wide[j:], 1, sums[j*width+j:], 1)
		}
	}
	return mat.NewSymDense(width, sums), nil
}

// turn multiplies the matrix by another that is not wider, in place.
func (d *dense) turn(ctx context.Context, by *dense) error {
	width, data := d.width, d.data
	d.width, d.data = by.width, data[:d.rows*by.width]
	from := make([]float32, width)
	var work pulse
	for i := range d.rows {
		if err := work.after(ctx, width*by.width); err != nil {
			return err
		}
		copy(from, data[i*width:])
		to := d.row(i) // It ends where the next row to be read begins, or before.
		clear(to)
		for j, x := range from {
			addScaled(to, x, by.row(j))
		}
	}
	return nil
}

// orthonormalise replaces the columns by an orthonormal basis of what they span: the principal directions, at most n,
// the longest first. There are fewer where the columns depend on each other.
//
// The directions are eigenvectors of the Gram matrix. That squares the condition of the matrix, but the columns were
// made by few multiplications since the last time, so that it is small.
func (d *dense) orthonormalise(ctx context.Context, n int) error {
	gram, err := d.gram(ctx)
	if err != nil {
		return err
	}
	var eigen mat.EigenSym
	if !eigen.Factorize(gram, true) {
		return errNoDecomposition
	}
	squares := eigen.Values(nil) // The lengths of the directions, in ascending order.
	var vectors mat.Dense
	eigen.VectorsTo(&vectors)
	last := len(squares) - 1
	width := 0
	for width < n && width <= last && squares[last-width] > squares[last]*minShareOfStrongest {
		width++
	}
	if width == 0 {
		return errNoDecomposition
	}
	by := newDense(d.width, width)
	for i := range by.rows {
		for j := range width {
			by.row(i)[j] = float32(vectors.At(i, last-j) / math.Sqrt(squares[last-j]))
		}
	}
	return d.turn(ctx, by)
}
