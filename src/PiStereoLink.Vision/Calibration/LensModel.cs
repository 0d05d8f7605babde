namespace PiStereoLink.Vision;

/// <summary>How the bending of a lens is described.</summary>
public enum LensModel
{
    /// <summary>k1 k2 p1 p2 k3: a polynomial of the distance from the middle, and two coefficients for a lens that sits askew.</summary>
    Polynomial,

    /// <summary>k1 k2 p1 p2 k3 k4 k5 k6: a quotient of two polynomials, which also follows a fisheye.</summary>
    Rational,
}
