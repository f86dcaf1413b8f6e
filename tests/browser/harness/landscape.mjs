/**
 * Invented landscapes of the Amazon lowland, painted on a canvas: no photo of anybody's river is
 * shown.
 *
 * Runs inside of a page, so that everything it needs is within. The same for the same seed.
 */
export function paint(canvas, subject, seed) {
  const { width, height } = canvas;
  const pen = canvas.getContext('2d');
  const unit = Math.min(width, height) / 100;
  let state = seed * 7_919 + 17;
  const random = () => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647;
  const between = (low, high) => low + random() * (high - low);
  const horizon = height * between(0.36, 0.42);

  sky();
  forest(horizon, 22, [92, 122, 104]);
  forest(horizon + unit, 15, [44, 84, 52]);
  const subjects = { oil, dredge, fish, stumps, trail };
  subjects[subject]();
  light();

  function sky() {
    fill(down(0, horizon, ['#7fa9c9', '#e4ece6']), 0, 0, width, horizon + unit);
    for (let n = 0; n < 26; n += 1) {
      pen.fillStyle = `rgb(255 255 255 / ${between(0.05, 0.16)})`;
      blob(
        random() * width,
        random() * horizon * 0.8,
        between(10, 26) * unit,
        between(2, 5) * unit,
      );
    }
  }

  /** Crowns beside each other, the nearer the darker. */
  function forest(base, tall, [red, green, blue]) {
    for (let row = 0; row < 4; row += 1) {
      for (let x = -tall * unit; x < width + tall * unit; x += between(2, 4.5) * unit) {
        const y = base - (tall * (1 - row * 0.24) * between(0.35, 1) - 2) * unit * 0.8;
        const shade = between(0.72, 1.12) - row * 0.08;
        pen.fillStyle = `rgb(${red * shade} ${green * shade} ${blue * shade})`;
        crown(x, y, between(2.5, 5) * unit);
        pen.fillRect(x - 2 * unit, y, 4 * unit, Math.max(0, base - y));
      }
    }
  }

  function crown(x, y, size) {
    for (let n = 0; n < 7; n += 1) {
      blob(x + between(-0.7, 0.7) * size, y + between(-0.4, 0.5) * size, size * 0.6, size * 0.45);
    }
  }

  function river(near, far) {
    fill(down(horizon, height, [far, near]), 0, horizon, width, height - horizon);
    const shades = ['rgb(30 54 36 / 0.6)', 'rgb(30 54 36 / 0)'];
    const reflected = down(horizon, horizon + 14 * unit, shades);
    fill(reflected, 0, horizon, width, 14 * unit);
    for (let n = 0; n < 260; n += 1) {
      const depth = random() ** 1.5;
      const y = horizon + depth * (height - horizon);
      pen.fillStyle = random() > 0.5 ? 'rgb(255 255 255 / 0.07)' : 'rgb(20 30 20 / 0.08)';
      blob(random() * width, y, (3 + depth * 16) * unit, (0.15 + depth * 0.7) * unit);
    }
  }

  /** A band that winds down the river, black in the middle and coloured where it is thin. */
  function oil() {
    river('#5b5a3c', '#8d9a83');
    const bend = between(0, 3);
    const band = Array.from({ length: 150 }, (_, n) => {
      const depth = 0.03 + 0.97 * (n / 150);
      const middle = 0.5 + 0.2 * Math.sin(bend + depth * 6);
      const x = (middle + between(-0.16, 0.16) * (0.4 + depth)) * width;
      const y = horizon + depth * (height - horizon);
      return [x, y, (1.5 + depth * 9) * unit * between(0.5, 1.3)];
    });
    for (const [hue, wide] of [
      ['#8a6a9c', 1.9],
      ['#4f8f96', 1.6],
      ['#b79a4e', 1.35],
    ]) {
      pen.fillStyle = `${hue}2e`;
      for (const [x, y, size] of band) blob(x, y, size * wide, size * wide * 0.24);
    }
    pen.fillStyle = 'rgb(15 14 17 / 0.72)';
    for (const [x, y, size] of band) blob(x, y, size, size * 0.2);
    pen.fillStyle = 'rgb(206 214 224 / 0.1)';
    for (const [x, y, size] of band) blob(x + size * 0.2, y, size * 0.6, size * 0.05);
    reeds();
  }

  function dredge() {
    river('#a5814f', '#b59c74');
    const [x, y, size] = [width * between(0.4, 0.55), horizon + 13 * unit, unit * 1.25];
    pen.fillStyle = 'rgb(50 36 20 / 0.45)';
    blob(x, y + 5 * size, 27 * size, 2.4 * size);
    fill('#4d3924', x - 22 * size, y, 44 * size, 3.4 * size);
    for (let n = 0; n < 9; n += 1) {
      fill('#6f5536', x + (n * 5 - 22) * size, y, 4.3 * size, 1.5 * size);
    }
    for (const post of [-19, -7, 6, 18]) {
      fill('#3b2c1c', x + post * size, y - 15 * size, size, 15 * size);
    }
    const at = ([a, b]) => [x + a * size, y + b * size];
    shape(
      '#8d9499',
      [
        [-23, -15],
        [22, -15],
        [17, -20],
        [-18, -20],
      ].map(at),
    );
    for (let n = 0; n < 16; n += 1) {
      fill('rgb(60 66 70 / 0.35)', ...at([n * 2.5 - 19, -20]), 0.5 * size, 5 * size);
    }
    fill('#b0391f', x - 4 * size, y - 6 * size, 9 * size, 6 * size);
    fill('#26282a', x - 2 * size, y - 8 * size, 5 * size, 2 * size);
    line(
      '#23303a',
      1.7 * size,
      ...[
        [5, -3],
        [20, -9],
        [40, 7],
      ].map(at),
    );
    line(
      '#c9b07f',
      2.5 * size,
      ...[
        [-15, -6],
        [-30, -7],
        [-35, 5],
      ].map(at),
    );
    person(x - 12 * size, y, size, '#28527a');
    shore('#c8ad7c', '#9c7d4c');
  }

  function fish() {
    river('#6d7350', '#9aa78f');
    shore('#b29a6e', '#7c6744', 0.3);
    for (let n = 0; n < 15; n += 1) {
      const depth = 0.42 + 0.5 * (n / 15);
      const size = (2.5 + depth * 6) * unit;
      pen.save();
      pen.translate(random() * width, horizon + depth * (height - horizon));
      pen.rotate(between(-0.6, 0.6) + (random() > 0.5 ? Math.PI : 0));
      pen.fillStyle = 'rgb(30 26 16 / 0.4)';
      blob(0, size * 0.18, size, size * 0.26);
      pen.fillStyle = down(-size * 0.3, size * 0.3, ['#7d8a8c', '#e9edea', '#b3a99a']);
      blob(0, 0, size, size * 0.27);
      const at = ([a, b]) => [a * size, b * size];
      shape(
        '#98a19f',
        [
          [-0.85, 0],
          [-1.4, -0.3],
          [-1.25, 0],
          [-1.4, 0.3],
        ].map(at),
      );
      shape(
        '#a8643f',
        [
          [0, 0.2],
          [0.25, 0.42],
          [0.35, 0.18],
        ].map(at),
      );
      pen.fillStyle = '#2b2522';
      blob(size * 0.74, -size * 0.05, size * 0.05, size * 0.05);
      pen.restore();
    }
  }

  function stumps() {
    ground(['#4f5a35', '#6b5233', '#4a3822']);
    for (let n = 0; n < 7; n += 1) {
      const depth = 0.16 + n * 0.115;
      const size = (2 + depth * 13) * unit;
      const [x, y] = [random() * width, horizon + depth * (height - horizon)];
      if (n % 3 === 1) log(x, y, size);
      else stump(x, y, size);
    }
    leaves();
  }

  function stump(x, y, size) {
    const at = ([a, b]) => [x + a * size, y + b * size];
    shape(
      '#4b3624',
      [
        [-0.75, -0.8],
        [0.75, -0.8],
        [1, 0.5],
        [-1, 0.5],
      ].map(at),
    );
    for (let n = 0; n < 6; n += 1) {
      const bark = [
        [n * 0.26 - 0.65, -0.7],
        [n * 0.34 - 0.85, 0.5],
      ];
      line('rgb(20 12 6 / 0.5)', size * 0.06, ...bark.map(at));
    }
    cut(x, y - 0.8 * size, size * 0.76, size * 0.32);
  }

  function log(x, y, size) {
    const at = ([a, b]) => [x + a * size, y + b * size];
    shape(
      '#5a4029',
      [
        [0, -0.6],
        [5, -1.3],
        [5, -0.4],
        [0, 0.6],
      ].map(at),
    );
    for (let n = 1; n < 4; n += 1) {
      const bark = [
        [0, n * 0.3 - 0.6],
        [5, n * 0.22 - 1.3],
      ];
      line('rgb(20 12 6 / 0.35)', size * 0.07, ...bark.map(at));
    }
    cut(x, y, size * 0.38, size * 0.6);
  }

  /** Fresh wood, with its rings. */
  function cut(x, y, wide, tall) {
    for (let ring = 6; ring > 0; ring -= 1) {
      pen.fillStyle = ring % 2 ? '#d9a866' : '#c48e4e';
      blob(x, y, (wide * ring) / 6, (tall * ring) / 6);
    }
  }

  function trail() {
    ground(['#3f5a30', '#33502a', '#274020']);
    const far = width * between(0.45, 0.58);
    const bed = [
      [far - 2 * unit, horizon],
      [far + 2 * unit, horizon],
      [width * 0.86, height],
      [width * 0.1, height],
    ];
    shape(down(horizon, height, ['#b7835a', '#94512c', '#7c3f20']), bed);
    for (const at of [0.3, 0.42, 0.6, 0.72]) {
      line(
        'rgb(70 32 14 / 0.4)',
        (at > 0.5 ? 3 : 4) * unit,
        [far, horizon + 2 * unit],
        [width * at, height],
      );
    }
    for (let n = 0; n < 40; n += 1) {
      const depth = random();
      pen.fillStyle = 'rgb(60 28 12 / 0.25)';
      const x = far + between(-30, 30) * unit * depth;
      blob(x, horizon + depth * (height - horizon), depth * 4 * unit, depth * unit);
    }
    for (const side of [-1, 1]) {
      for (let n = 0; n < 26; n += 1) {
        const depth = n / 26;
        const shade = 1.1 - depth * 0.5;
        pen.fillStyle = `rgb(${52 * shade} ${92 * shade} ${48 * shade})`;
        const aside = (4 + depth * 62) * unit + between(0, 8) * unit;
        const y = horizon + depth ** 1.3 * (height - horizon) * 0.8;
        crown(far + side * aside, y, (3 + depth * 11) * unit);
      }
    }
  }

  function ground(colours) {
    fill(down(horizon, height, colours), 0, horizon, width, height - horizon);
    for (let n = 0; n < 320; n += 1) {
      const depth = random();
      pen.fillStyle = random() > 0.5 ? 'rgb(150 130 80 / 0.14)' : 'rgb(20 24 10 / 0.16)';
      blob(
        random() * width,
        horizon + depth * (height - horizon),
        (1 + depth * 7) * unit,
        (0.3 + depth * 1.4) * unit,
      );
    }
  }

  function shore(wet, dry, from = 0.62) {
    const y = horizon + from * (height - horizon);
    pen.fillStyle = down(y, height, [wet, dry]);
    pen.beginPath();
    pen.moveTo(0, y + 6 * unit);
    pen.bezierCurveTo(width * 0.3, y + 12 * unit, width * 0.6, y - 4 * unit, width, y + 4 * unit);
    pen.lineTo(width, height);
    pen.lineTo(0, height);
    pen.fill();
    for (let n = 0; n < 140; n += 1) {
      pen.fillStyle = 'rgb(60 44 20 / 0.16)';
      blob(
        random() * width,
        between(y + 12 * unit, height),
        between(0.4, 2.6) * unit,
        between(0.2, 0.8) * unit,
      );
    }
  }

  function person(x, y, size, shirt) {
    fill('#2c2a33', x - 1.1 * size, y - 4.5 * size, 2.2 * size, 4.5 * size);
    fill(shirt, x - 1.5 * size, y - 9 * size, 3 * size, 4.8 * size);
    pen.fillStyle = '#6b4630';
    blob(x, y - 10.4 * size, 1.1 * size, 1.3 * size);
    pen.fillStyle = '#d8c48e';
    blob(x, y - 11.4 * size, 2 * size, 0.6 * size);
  }

  function reeds() {
    for (let n = 0; n < 90; n += 1) {
      const x = random() > 0.5 ? between(0, 0.2) * width : between(0.82, 1) * width;
      const tall = between(12, 34) * unit;
      const lean = between(-7, 7) * unit;
      const green = between(56, 118);
      const blade = [
        [x, height],
        [x + lean * 0.4, height - tall * 0.6],
        [x + lean, height - tall],
      ];
      line(`rgb(${green * 0.55} ${green} ${green * 0.4})`, between(0.4, 1) * unit, ...blade);
    }
  }

  function leaves() {
    for (let n = 0; n < 60; n += 1) {
      const green = between(60, 130);
      pen.fillStyle = `rgb(${green * 0.5} ${green} ${green * 0.35})`;
      blob(
        random() * width,
        height - random() ** 2 * 10 * unit,
        between(1, 3.5) * unit,
        between(0.4, 1.2) * unit,
      );
    }
  }

  /** What a lens does: the corners are darker. */
  function light() {
    const shade = pen.createRadialGradient(
      width / 2,
      height / 2,
      unit * 45,
      width / 2,
      height / 2,
      unit * 95,
    );
    shade.addColorStop(0, 'rgb(0 0 0 / 0)');
    shade.addColorStop(1, 'rgb(0 0 0 / 0.34)');
    fill(shade, 0, 0, width, height);
  }

  function down(from, to, colours) {
    const gradient = pen.createLinearGradient(0, from, 0, to);
    colours.forEach((colour, n) => gradient.addColorStop(n / (colours.length - 1), colour));
    return gradient;
  }

  function fill(colour, x, y, wide, tall) {
    pen.fillStyle = colour;
    pen.fillRect(x, y, wide, tall);
  }

  function blob(x, y, wide, tall) {
    pen.beginPath();
    pen.ellipse(x, y, wide, tall, 0, 0, 2 * Math.PI);
    pen.fill();
  }

  function shape(colour, points) {
    pen.fillStyle = colour;
    pen.beginPath();
    points.forEach(([x, y]) => pen.lineTo(x, y));
    pen.fill();
  }

  function line(colour, thick, [x, y], ...points) {
    pen.strokeStyle = colour;
    pen.lineWidth = thick;
    pen.lineCap = 'round';
    pen.lineJoin = 'round';
    pen.beginPath();
    pen.moveTo(x, y);
    points.forEach((point) => pen.lineTo(...point));
    pen.stroke();
  }
}
