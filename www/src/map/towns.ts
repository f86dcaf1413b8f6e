/**
 * A few towns of the Amazon, so that a map of bare borders can be read. Proper names: not
 * translated.
 */
const places: [name: string, lon: number, lat: number][] = [
  ['Iquitos', -73.25, -3.75],
  ['Pucallpa', -74.55, -8.38],
  ['Puerto Maldonado', -69.19, -12.59],
  ['Tarapoto', -76.37, -6.49],
  ['Yurimaguas', -76.11, -5.9],
  ['Nauta', -73.58, -4.51],
  ['Atalaya', -73.76, -10.73],
  ['Lima', -77.04, -12.05],
  ['Cusco', -71.97, -13.53],
  ['Coca', -76.99, -0.46],
  ['Lago Agrio', -76.88, 0.09],
  ['Tena', -77.81, -0.99],
  ['Puyo', -78.0, -1.49],
  ['Macas', -78.12, -2.31],
  ['Quito', -78.47, -0.18],
  ['Leticia', -69.94, -4.21],
  ['Florencia', -75.61, 1.61],
  ['Puerto Asís', -76.5, 0.5],
  ['Mitú', -70.23, 1.25],
  ['Bogotá', -74.07, 4.71],
  ['Manaus', -60.02, -3.12],
  ['Tefé', -64.71, -3.37],
  ['Cruzeiro do Sul', -72.67, -7.63],
  ['Rio Branco', -67.81, -9.97],
  ['Porto Velho', -63.9, -8.76],
  ['São Gabriel da Cachoeira', -67.09, -0.13],
  ['Boa Vista', -60.67, 2.82],
  ['Santarém', -54.71, -2.44],
  ['Altamira', -52.21, -3.2],
  ['Belém', -48.5, -1.46],
  ['Riberalta', -66.07, -11.0],
  ['Cobija', -68.77, -11.03],
  ['Trinidad', -64.9, -14.83],
  ['La Paz', -68.15, -16.5],
  ['Puerto Ayacucho', -67.62, 5.66],
];

export const towns: GeoJSON.FeatureCollection = {
  type: 'FeatureCollection',
  features: places.map(([name, lon, lat]) => ({
    type: 'Feature',
    properties: { name },
    geometry: { type: 'Point', coordinates: [lon, lat] },
  })),
};
